namespace Worcr.SiloHost.Commands.Enqueue;

/// <summary>How a file of jobs is cut into requests.</summary>
public sealed record NdjsonLimits
{
    /// <summary>Jobs in one request. Default: 1,000.</summary>
    public int MaxJobs { get; init; } = 1_000;

    /// <summary>Bytes from which on a request takes no more jobs. Default: 4 MiB.</summary>
    public int MaxBytes { get; init; } = 4 * 1024 * 1024;

    /// <summary>The longest line, in bytes. Default: 2 MiB.</summary>
    public int MaxLineBytes { get; init; } = 2 * 1024 * 1024;

    /// <summary>Lines at the start that are passed over. Default: 0.</summary>
    public long SkipLines { get; init; }
}
