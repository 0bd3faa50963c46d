using System.Runtime.InteropServices;

namespace Worcr.Store.Journal;

/// <summary>Adds the journal's rows, in the order of their numbers, to the folded counts: what a dispatcher starts from.</summary>
internal sealed class JournalSum
{
    private readonly Dictionary<(long LaneId, int Priority), long> _counts = [];
    private readonly Dictionary<long, LeaseEntry> _leases = [];
    private readonly List<PermitUse> _permits = [];
    private LimitState[] _limits = [];
    private long _lastNumber;

    /// <summary>The newest lease of each job in the journal (of one attempt, the later entry: it may have been extended); whether it is open, its job's row says.</summary>
    public IReadOnlyDictionary<long, LeaseEntry> Leases => _leases;

    /// <summary>Takes a folded count.</summary>
    public void AddCount(long laneId, int priority, long count) => Count(laneId, priority) += count;

    /// <summary>Takes a journal row.</summary>
    public void AddRow(long number, ReadOnlySpan<byte> leases, ReadOnlySpan<byte> strands, ReadOnlySpan<byte> permits)
    {
        _lastNumber = Math.Max(_lastNumber, number);
        foreach (var strand in StrandBlob.Read(strands)) Count(strand.LaneId, strand.Priority) += strand.Delta;
        foreach (var lease in LeaseBlob.Read(leases))
        {
            ref var newest = ref CollectionsMarshal.GetValueRefOrAddDefault(_leases, lease.Seq, out var known);
            if (!known || newest.Attempt <= lease.Attempt) newest = lease;
        }

        var (uses, limits) = PermitBlob.Read(permits);
        _permits.AddRange(uses);
        if (limits.Length > 0) _limits = limits;
    }

    /// <summary>The open leases among <see cref="Leases"/>, given the live jobs they speak of.</summary>
    public IReadOnlyList<OpenLease> Open(IEnumerable<Job> jobs) =>
        [.. jobs.Where(j => j.Attempt < _leases[j.Seq].Attempt).Select(j => new OpenLease(_leases[j.Seq], j)).OrderBy(l => l.Lease.Seq)];

    /// <summary>The lanes that have jobs, those of the open leases included.</summary>
    public long[] LaneIds(IReadOnlyList<OpenLease> open) =>
        [.. _counts.Where(c => c.Value != 0).Select(c => c.Key.LaneId).Concat(open.Select(l => l.Job.LaneId)).Distinct().Order()];

    /// <summary>The lanes of the open leases.</summary>
    public static IEnumerable<LaneRecord> LanesOf(IReadOnlyList<OpenLease> open, IReadOnlyList<LaneRecord> lanes)
    {
        var ids = open.Select(l => l.Job.LaneId).ToHashSet();
        return lanes.Where(lane => ids.Contains(lane.LaneId));
    }

    /// <summary>The sum, with what was read besides the journal.</summary>
    public NamespaceState With(long lastSeq, long lastLaneId, IReadOnlyList<OpenLease> open, IReadOnlyList<LaneRecord> lanes, IReadOnlyList<ResourceChange> resources) => new()
    {
        LastSeq = lastSeq,
        LastLaneId = lastLaneId,
        LastFlush = _lastNumber,
        Lanes = lanes,
        Strands = Strands(isEmpty: false),
        EmptiedStrands = Strands(isEmpty: true),
        OpenLeases = open,
        LimitStates = _limits,
        Permits = Permits(open),
        Resources = resources,
    };

    private StrandCount[] Strands(bool isEmpty) =>
        [.. _counts.Where(c => c.Value == 0 == isEmpty).Select(c => new StrandCount(c.Key.LaneId, c.Key.Priority, c.Value)).OrderBy(s => s.LaneId).ThenBy(s => s.Priority)];

    private List<PermitUse> Permits(IReadOnlyList<OpenLease> open)
    {
        var holders = open.Select(l => (l.Lease.Seq, l.Lease.Attempt)).ToHashSet();
        return _permits.FindAll(p => p.Seq == 0 || holders.Contains((p.Seq, p.Attempt)));
    }

    private ref long Count(long laneId, int priority) => ref CollectionsMarshal.GetValueRefOrAddDefault(_counts, (laneId, priority), out _);
}
