namespace Worcr.Grains.Lanes;

/// <summary>A read of a strand that is under way.</summary>
/// <param name="afterSeq">Where it starts.</param>
/// <param name="lastSeq">The newest job when it was ordered.</param>
/// <param name="barrier">The strand's barrier when it was ordered.</param>
/// <param name="sawAll">Whether nothing was uncommitted when it was ordered.</param>
internal sealed class StrandRefill(long afterSeq, long lastSeq, long barrier, bool sawAll)
{
    public long AfterSeq { get; } = afterSeq;

    public long LastSeq { get; } = lastSeq;

    public long Barrier { get; } = barrier;

    public bool SawAll { get; } = sawAll;

    /// <summary>The answer is good up to here: beyond it a job has come since the read was ordered, and the answer may lack it.</summary>
    public long Until { get; private set; } = long.MaxValue;

    /// <summary>Jobs beyond <see cref="AfterSeq"/> that left the strand since the read was ordered: its answer may still show them.</summary>
    public HashSet<long> Left { get; } = [];

    /// <summary>A job has come to the strand and is only in the store.</summary>
    public void Came(long seq) => Until = Math.Min(Until, seq - 1);
}
