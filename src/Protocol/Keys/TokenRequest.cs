namespace Worcr.Protocol;

/// <summary>The body of <c>POST /v1/tokens</c>: what a worker with the token may do, and nothing else.</summary>
public sealed record TokenRequest
{
    /// <summary>Types it may take, 1 to 50; <c>*</c> is all.</summary>
    public required IReadOnlyList<string> Types { get; init; }

    /// <summary>The tags it works with, at most 20: exactly these, because rules may turn on a tag as on its absence. Default: none.</summary>
    public IReadOnlyList<string>? Tags { get; init; }

    /// <summary>How many jobs one worker may run at once, 1 to 10,000. Default: 10.</summary>
    public int? Slots { get; init; }

    /// <summary>How long the token is good, <c>10s</c> to <c>24h</c>, and never longer than the key that asks for it. Default: <c>10m</c>.</summary>
    public Duration? Ttl { get; init; }
}
