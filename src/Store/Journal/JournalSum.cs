using System.Runtime.InteropServices;

namespace Worcr.Store.Journal;

/// <summary>Adds the journal's rows to the folded counts: what a dispatcher starts from.</summary>
internal sealed class JournalSum
{
    private readonly Dictionary<(long LaneId, int Priority), long> _counts = [];
    private readonly Dictionary<long, LeaseEntry> _leases = [];

    /// <summary>The highest number added, or 0.</summary>
    public long LastNumber { get; private set; }

    /// <summary>The newest lease of each job in the journal (of one attempt, the later entry: it may have been extended); whether it is open, its job's row says.</summary>
    public IReadOnlyDictionary<long, LeaseEntry> Leases => _leases;

    /// <summary>Takes a folded count.</summary>
    public void AddCount(long laneId, int priority, long count) => Count(laneId, priority) += count;

    /// <summary>Takes a journal row.</summary>
    public void AddRow(long number, ReadOnlySpan<byte> leases, ReadOnlySpan<byte> strands)
    {
        LastNumber = Math.Max(LastNumber, number);
        foreach (var strand in JournalReader.Strands(strands)) Count(strand.LaneId, strand.Priority) += strand.Delta;
        foreach (var lease in JournalReader.Leases(leases))
        {
            ref var newest = ref CollectionsMarshal.GetValueRefOrAddDefault(_leases, lease.Seq, out var known);
            if (!known || newest.Attempt <= lease.Attempt) newest = lease;
        }
    }

    /// <summary>Strands that have jobs, ordered.</summary>
    public IReadOnlyList<StrandCount> Strands() =>
        [.. _counts.Where(c => c.Value != 0).Select(c => new StrandCount(c.Key.LaneId, c.Key.Priority, c.Value)).OrderBy(s => s.LaneId).ThenBy(s => s.Priority)];

    /// <summary>Strands whose folded count and deltas make 0.</summary>
    public IReadOnlyList<StrandCount> EmptiedStrands() =>
        [.. _counts.Where(c => c.Value == 0).Select(c => new StrandCount(c.Key.LaneId, c.Key.Priority, 0)).OrderBy(s => s.LaneId).ThenBy(s => s.Priority)];

    /// <summary>The open leases among <see cref="Leases"/>, given the live jobs they speak of.</summary>
    public IReadOnlyList<OpenLease> Open(IEnumerable<Job> jobs) =>
        [.. jobs.Where(j => j.Attempt < _leases[j.Seq].Attempt).Select(j => new OpenLease(_leases[j.Seq], j)).OrderBy(l => l.Lease.Seq)];

    private ref long Count(long laneId, int priority) => ref CollectionsMarshal.GetValueRefOrAddDefault(_counts, (laneId, priority), out _);
}
