namespace Worcr.Simulation.World;

/// <summary>What the auditors know of a stored job, from what was written, answered and told.</summary>
internal sealed class JobRecord(long seq, JobSpec spec)
{
    public long Seq { get; } = seq;

    public JobSpec Spec { get; } = spec;

    /// <summary>The lane it is stored in.</summary>
    public long LaneId { get; set; }

    /// <summary>Virtual time at which the store had it ready; 0: it waits for its time.</summary>
    public long ReadySince { get; set; }

    /// <summary>The batch or family that it belongs to, or null.</summary>
    public Guid? Batch { get; set; }

    /// <summary>Failures, as stored.</summary>
    public int Fails { get; set; }

    /// <summary>Durable leases by attempt, as first written.</summary>
    public SortedDictionary<int, LeaseEntry> Leases { get; } = [];

    /// <summary>The flush with the lease of an attempt.</summary>
    public Dictionary<int, (long Epoch, long Number)> LeaseFlush { get; } = [];

    /// <summary>Its shape as rules see it, with every argument they may look at.</summary>
    public required LaneShape Shape { get; init; }

    /// <summary>When the flush with the lease of an attempt began to gather.</summary>
    public Dictionary<int, long> LeaseBegunAt { get; } = [];

    /// <summary>The newest attempt that a worker was told of.</summary>
    public int MaxTold { get; set; }

    /// <summary>It was finished once and lives again.</summary>
    public bool IsRevived { get; set; }

    /// <summary>An operator asked for it, so times do not hold.</summary>
    public bool IsHurried { get; set; }

    public HashSet<int> AcceptedAttempts { get; } = [];

    /// <summary>Names of checkpoints that were answered as saved, with the attempt that saved them.</summary>
    public Dictionary<string, int> Saved { get; } = [];

    /// <summary>Virtual time at which it last finished.</summary>
    public long EndedAt { get; set; }

    /// <summary>All its ends: a job that is brought back may end again, and in the same attempt.</summary>
    public HashSet<(int Attempt, JobState State)> Ends { get; } = [];

    /// <summary>How attempts finished it.</summary>
    public Dictionary<int, JobState> EndOfAttempt { get; } = [];
}
