namespace Worcr.Simulation.World;

/// <summary>The part of the database that belongs to one namespace: nobody in it may ever see more.</summary>
internal sealed class NamespaceView
{
    private readonly ModelDatabase _database;
    private readonly string _name;
    private Ownership? _range;

    public NamespaceView(ModelDatabase database, string name)
    {
        (_database, _name) = (database, name);
        Live = new LiveJobs(database.Live, Owns);
    }

    public LiveJobs Live { get; }

    /// <summary>Finished jobs by day.</summary>
    public IEnumerable<StoredJob> History => _database.History.Where(j => Owns(j.Job.Seq));

    public IEnumerable<(string Kind, string Name)> Resources => _database.Resources.Keys.Where(k => k.NamespaceId == Range?.NamespaceId).Select(k => (k.Kind, k.Name));

    /// <summary>The lowest sequence number or lane id that may be its.</summary>
    public long FirstId => Range?.FirstId ?? 0;

    public NamespaceRecord Record => _database.Namespaces[_name];

    private Ownership? Range => _range ??= _database.Namespaces.TryGetValue(_name, out var known) ? new Ownership(known.NamespaceId, _name, "", 0) : null;

    /// <summary>Whether a sequence number, or a lane's id, is one of the namespace.</summary>
    public bool Owns(long id) => Range is { } range && id >= range.FirstId && id < range.EndId;

    public StoredJob? Finished(long seq)
    {
        if (!Owns(seq)) return null;
        foreach (var day in _database.Finished.Values)
        {
            if (day.TryGetValue(seq, out var stored)) return stored;
        }

        return null;
    }

    /// <summary>Of all namespaces: a flush of one must leave the counts of the others right, too.</summary>
    public IReadOnlyList<(StrandCount Recorded, long Stored)> WrongStrands() => _database.WrongStrands();
}
