namespace Worcr.Testing.Model;

/// <summary>
/// What a store holds, in memory and in the open: any number of <see cref="ModelJobStore"/>s can share one, as silos share a database. A flush that
/// contradicts what is stored is a defect of its sender and throws <see cref="InvalidOperationException"/>.
/// </summary>
public sealed class ModelDatabase
{
    private const long DayMs = 86_400_000;

    /// <summary>Schema version; 0: not migrated.</summary>
    public int SchemaVersion { get; set; }

    /// <summary>Namespaces by name.</summary>
    public SortedDictionary<string, NamespaceRecord> Namespaces { get; } = new(StringComparer.Ordinal);

    /// <summary>Lanes by id.</summary>
    public SortedDictionary<long, LaneRecord> Lanes { get; } = [];

    /// <summary>Live jobs by sequence number.</summary>
    public SortedDictionary<long, Job> Live { get; } = [];

    /// <summary>Finished jobs by day, then by sequence number.</summary>
    public SortedDictionary<int, SortedDictionary<long, StoredJob>> Finished { get; } = [];

    /// <summary>Log lines by day, in the order of their arrival.</summary>
    public SortedDictionary<int, List<LogLine>> Logs { get; } = [];

    /// <summary>Journal rows by namespace and number.</summary>
    public SortedDictionary<(int NamespaceId, long Number), (LeaseEntry[] Leases, StrandDelta[] Strands, PermitUse[] Permits)> Journal { get; } = [];

    /// <summary>The limits' states of the last fold, by namespace.</summary>
    public Dictionary<int, LimitState[]> Limits { get; } = [];

    /// <summary>Folded counts.</summary>
    public SortedDictionary<(long LaneId, int Priority), long> Strands { get; } = [];

    /// <summary>Unique keys.</summary>
    public Dictionary<(int NamespaceId, string Key), UniqueLock> Locks { get; } = [];

    /// <summary>Resources.</summary>
    public Dictionary<(int NamespaceId, string Kind, string Name), ResourceChange> Resources { get; } = [];

    /// <summary>Keys by name.</summary>
    public SortedDictionary<string, StoredKey> Keys { get; } = new(StringComparer.Ordinal);

    /// <summary>Secrets by name.</summary>
    public Dictionary<string, byte[]> Secrets { get; } = new(StringComparer.Ordinal);

    internal Dictionary<int, (long Seq, long LaneId)> Retired { get; } = [];

    private Dictionary<(int, string), (long Epoch, long Number)> LockVersions { get; } = [];

    private Dictionary<(int, string, string), (long Epoch, long Number)> ResourceVersions { get; } = [];

    /// <summary>Days since 1970-01-01 (UTC) of a time.</summary>
    public static int DayOf(long unixMs) => (int)(unixMs / DayMs);

    /// <summary>All finished jobs.</summary>
    public IEnumerable<StoredJob> History => Finished.Values.SelectMany(day => day.Values);

    /// <summary>Every strand whose count (folded and journal) is not the number of its stored jobs: what must be empty after each flush.</summary>
    public IReadOnlyList<(StrandCount Recorded, long Stored)> WrongStrands()
    {
        var counts = new SortedDictionary<(long LaneId, int Priority), long>(Strands);
        foreach (var delta in Journal.Values.SelectMany(row => row.Strands))
            counts[(delta.LaneId, delta.Priority)] = counts.GetValueOrDefault((delta.LaneId, delta.Priority)) + delta.Delta;
        var stored = Live.Values.GroupBy(StrandOf).ToDictionary(g => g.Key, g => g.LongCount());
        return [.. counts.Keys.Union(stored.Keys)
            .Select(k => (new StrandCount(k.LaneId, k.Priority, counts.GetValueOrDefault(k)), stored.GetValueOrDefault(k)))
            .Where(s => s.Item1.Count != s.Item2)];
    }

    /// <summary>As a migration does that comes to jobs with a due time which nobody has counted.</summary>
    internal void CountWaiting()
    {
        foreach (var strand in Live.Values.Where(j => j.DueAt != 0).GroupBy(StrandOf)) Strands[strand.Key] = strand.LongCount();
    }

    private static (long LaneId, int Priority) StrandOf(Job job) => job.DueAt == 0
        ? (job.LaneId, job.Priority)
        : ((((job.LaneId >> Ownership.LocalBits) + 1) << Ownership.LocalBits) - 1, WaitingStrand.PriorityOf(job.State));

    internal void Fence(Ownership owner)
    {
        var owned = Namespaces.Values.Any(n => n.NamespaceId == owner.NamespaceId && n.Owner == owner.Silo && n.Epoch == owner.Epoch);
        if (!owned) throw new StoreFencedException($"namespace {owner.NamespaceId} is not owned by {owner.Silo} in epoch {owner.Epoch}");
    }

    internal void Apply(ModelFlush flush)
    {
        Fence(flush.Ownership);
        foreach (var lane in flush.Lanes) PutLane(lane);
        foreach (var seq in flush.Revivals) Require(Finished.Values.Any(day => day.Remove(seq)), $"revival of {seq}, which is not finished");
        foreach (var use in flush.Permits) Require(use.Seq == 0 == (use.Attempt == 0), $"a permit of {use.Limit} is held by job {use.Seq}, attempt {use.Attempt}");
        foreach (var job in flush.Inserts) Insert(job);
        foreach (var job in flush.Updates) Live[job.Seq] = ModelJob.Copy(Get(job.Seq), job, Get(job.Seq).Args);
        foreach (var note in flush.Notes) Note(note);
        foreach (var outcome in flush.Outcomes) Finish(outcome);
        var ns = flush.Ownership.NamespaceId;
        if (flush.Fold is { } fold) Fold(ns, fold);
        if (flush.Leases.Length + flush.Strands.Length + flush.Permits.Length > 0) Journal.Add((ns, flush.Number), (flush.Leases, flush.Strands, flush.Permits));
        foreach (var taken in flush.LocksTaken) Take((ns, taken.Key), taken, (flush.Ownership.Epoch, flush.Number));
        foreach (var release in flush.LocksReleased)
        {
            if (Locks.TryGetValue((ns, release.Key), out var held) && held.Seq == release.Seq) Locks.Remove((ns, release.Key));
        }

        foreach (var change in flush.Resources) Put((ns, change.Kind, change.Name), change, (flush.Ownership.Epoch, flush.Number));
    }

    private static void Require(bool holds, string otherwise)
    {
        if (!holds) throw new InvalidOperationException($"a flush contradicts the store: {otherwise}");
    }

    private Job Get(long seq) => Live.TryGetValue(seq, out var job) ? job : throw new InvalidOperationException($"a flush contradicts the store: {seq} is not live");

    private void PutLane(LaneRecord lane) =>
        Lanes[lane.LaneId] = Lanes.TryGetValue(lane.LaneId, out var known) ? known with { CreatedDay = Math.Max(known.CreatedDay, lane.CreatedDay) } : lane;

    private void Insert(Job job)
    {
        Require(Lanes.ContainsKey(job.LaneId), $"job {job.Seq} is in the unknown lane {job.LaneId}");
        Require(!Finished.Values.Any(day => day.ContainsKey(job.Seq)), $"job {job.Seq} is finished");
        Require(Live.TryAdd(job.Seq, job), $"job {job.Seq} is live already");
    }

    private void Note(JobNotes note)
    {
        var job = Get(note.Seq);
        job.Checkpoints = note.Checkpoints ?? job.Checkpoints;
        job.Progress = note.Progress ?? job.Progress;
    }

    private void Finish(JobOutcome outcome)
    {
        Require(outcome.State.IsFinal(), $"outcome of {outcome.Seq} is not final");
        var day = DayOf(outcome.FinishedAt);
        if (!Finished.TryGetValue(day, out var partition)) Finished[day] = partition = [];
        partition.Add(outcome.Seq, ModelJob.Finish(Get(outcome.Seq), outcome));
        Live.Remove(outcome.Seq);
    }

    private void Fold(int ns, JournalFold fold)
    {
        foreach (var key in Journal.Keys.Where(k => k.NamespaceId == ns && k.Number < fold.Below).ToList()) Journal.Remove(key);
        Journal.Add((ns, fold.Below - 1), ([.. fold.OpenLeases], [], [.. fold.Held]));
        Limits[ns] = [.. fold.Limits];
        foreach (var count in fold.Counts)
        {
            if (count.Count == 0) Strands.Remove((count.LaneId, count.Priority));
            else Strands[(count.LaneId, count.Priority)] = count.Count;
        }
    }

    private void Take((int, string) key, UniqueLock taken, (long, long) version)
    {
        if (Locks.ContainsKey(key) && LockVersions[key].CompareTo(version) > 0) return;
        Locks[key] = taken;
        LockVersions[key] = version;
    }

    private void Put((int, string, string) key, ResourceChange change, (long, long) version)
    {
        if (ResourceVersions.TryGetValue(key, out var known) && known.CompareTo(version) > 0) return;
        ResourceVersions[key] = version;
        if (change.Body is null) Resources.Remove(key);
        else Resources[key] = change;
    }
}
