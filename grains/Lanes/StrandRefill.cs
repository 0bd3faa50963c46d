using Worcr.Core.Fairness;

namespace Worcr.Grains.Lanes;

/// <summary>A read of a strand that is under way, from its cursor on.</summary>
/// <param name="strand">The strand.</param>
/// <param name="horizon">Jobs from here on are not all committed.</param>
/// <param name="limit">For how many jobs it asks.</param>
internal sealed class StrandRefill(Strand strand, long horizon, int limit)
{
    public Strand Strand { get; } = strand;

    public int Limit { get; } = limit;

    /// <summary>Where it starts.</summary>
    public long AfterSeq { get; } = strand.Cursor;

    /// <summary>The strand's barrier when it was asked for.</summary>
    public long Barrier { get; } = strand.Barrier;

    /// <summary>The newest job when it was asked for.</summary>
    public required long LastSeq { get; init; }

    /// <summary>Whether nothing was uncommitted when it was asked for.</summary>
    public required bool SawAll { get; init; }

    /// <summary>What is passed over until it is done, because a lane was chosen that waits for it; or null.</summary>
    public FairHold? Held { get; set; }

    /// <summary>The answer is good up to here: beyond it a job has come since the read was asked for, and the answer may lack it.</summary>
    public long Until { get; private set; } = long.MaxValue;

    /// <summary>Jobs beyond <see cref="AfterSeq"/> that left the strand since the read was asked for: its answer may still show them.</summary>
    public HashSet<long> Left { get; } = [];

    public ReadyRange Range => new(Strand.Lane.Id, Strand.Lane.Shape, Strand.Priority, AfterSeq, horizon, Limit);

    /// <summary>A job has come to the strand and is only in the store.</summary>
    public void Came(long seq) => Until = Math.Min(Until, seq - 1);
}
