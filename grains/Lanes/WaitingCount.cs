namespace Worcr.Grains.Lanes;

/// <summary>How many jobs of a state wait for their time, in the store and in the journal.</summary>
internal sealed class WaitingCount(JobState state)
{
    /// <summary>Its strand in the journal.</summary>
    public int Priority { get; } = WaitingStrand.PriorityOf(state);

    /// <summary>All of them, what the flush being built changes included.</summary>
    public long Jobs { get; set; }

    /// <summary>What the flush being built changes.</summary>
    public int Delta { get; set; }

    /// <summary>It changed since the last fold.</summary>
    public bool IsDirty { get; set; }
}
