namespace Worcr.Simulation.World;

/// <summary>What all namespaces of one run share: time, one database, the record of what happened.</summary>
internal sealed class Installation
{
    private readonly List<SimulatedWorld> _worlds = [];

    public Installation(int seed, TextWriter? echo)
    {
        Seed = seed;
        Log = new EventLog(Schedule, echo);
        Store = new ModelJobStore(Database) { HoldsCommits = true, FailRead = verb => { Coverage.Count("read " + verb); return null; } };
    }

    public int Seed { get; }

    public Schedule Schedule { get; } = new();

    public Coverage Coverage { get; } = new();

    public ModelDatabase Database { get; } = new();

    public EventLog Log { get; }

    public ModelJobStore Store { get; }

    /// <summary>The namespaces, each a world of its own.</summary>
    public IReadOnlyList<SimulatedWorld> Worlds => _worlds;

    public void Add(SimulatedWorld world) => _worlds.Add(world);
}
