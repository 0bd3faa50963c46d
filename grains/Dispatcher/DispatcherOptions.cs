using Worcr.Core.Overload;

namespace Worcr.Grains;

/// <summary>The bounds and times of a dispatcher.</summary>
public sealed record DispatcherOptions
{
    /// <summary>How long a worker whose connection broke may stay away before its leases are lost, in milliseconds. Default: 15 s.</summary>
    public long GraceMs { get; init; } = 15_000;

    /// <summary>How often a worker has to be heard, in milliseconds; after three times this it counts as gone. Default: 10 s.</summary>
    public long HeartbeatMs { get; init; } = 10_000;

    /// <summary>How many ready jobs are in memory at most, over all lanes. Default: 100,000.</summary>
    public int WindowJobs { get; init; } = 100_000;

    /// <summary>How many bytes of arguments ready jobs have in memory at most, over all lanes. Default: 64 MiB.</summary>
    public long WindowBytes { get; init; } = 64L << 20;

    /// <summary>How many ready jobs of one strand are in memory at most. Default: 4,096.</summary>
    public int StrandJobs { get; init; } = 4_096;

    /// <summary>Arguments longer than this, in bytes, are read when the job is leased. Default: 4 KiB.</summary>
    public int MaxInlineArgs { get; init; } = 4_096;

    /// <summary>How far ahead waiting jobs are in memory, in milliseconds. Default: 10 s.</summary>
    public long AlarmHorizonMs { get; init; } = 10_000;

    /// <summary>How many waiting jobs are read at once. Default: 2,000.</summary>
    public int AlarmChunk { get; init; } = 2_000;

    /// <summary>How many waiting jobs are in memory at most. Default: 50,000.</summary>
    public int AlarmJobs { get; init; } = 50_000;

    /// <summary>How many idle lanes stay in memory. Default: 10,000.</summary>
    public int IdleLanes { get; init; } = 10_000;

    /// <summary>How many operations a flush may gather before the inbox has to wait. Default: 20,000.</summary>
    public int FlushOperations { get; init; } = 20_000;

    /// <summary>How many flushes may be under way. Default: 2.</summary>
    public int FlushesUnderWay { get; init; } = 2;

    /// <summary>
    /// A flush of fewer operations waits for one under way that is as small: that one is over soon, and one transaction for many callers costs the store less than
    /// many. Default: 32.
    /// </summary>
    public int SmallFlush { get; init; } = 32;

    /// <summary>After how many flushes the journal is folded at the latest. Default: 1,024.</summary>
    public int FoldFlushes { get; init; } = 1_024;

    /// <summary>When new jobs are turned away because there is too much to do.</summary>
    public AdmissionOptions Admission { get; init; } = new();

    /// <summary>How long finished jobs, logs and results are kept, in milliseconds. Default: 7 days.</summary>
    public long RetentionMs { get; init; } = 7L * 86_400_000;
}
