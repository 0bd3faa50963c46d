namespace Worcr.Protocol;

/// <summary>How a limit follows what the jobs meet.</summary>
public sealed record AdaptiveOptions
{
    /// <summary>It never falls below this, at least 1.</summary>
    public required int Min { get; init; }

    /// <summary>It never rises above this, at most 1,000,000,000.</summary>
    public required int Max { get; init; }

    /// <summary>Error codes that cut it; <c>timeout</c> stands for attempts that took too long. Default: none.</summary>
    public IReadOnlyList<string>? On { get; init; }

    /// <summary>Whether run times that get longer cut it, too. Default: true.</summary>
    public bool? Gradient { get; init; }

    /// <summary>Whether it stays as it is. Default: false.</summary>
    public bool? Frozen { get; init; }
}
