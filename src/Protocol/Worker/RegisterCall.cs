namespace Worcr.Protocol.Worker;

/// <summary>What a worker says when it opens a session.</summary>
public sealed record RegisterCall
{
    /// <summary>The worker's name, 1 to 255 characters.</summary>
    public string? Worker { get; init; }

    /// <summary>Types it takes; <c>*</c> is all.</summary>
    public IReadOnlyList<string>? Types { get; init; }

    /// <summary>Its tags. Default: none.</summary>
    public IReadOnlyList<string>? Tags { get; init; }

    /// <summary>Queue labels it takes. Default: all.</summary>
    public IReadOnlyList<string>? Queues { get; init; }

    /// <summary>How many jobs it runs at once, 0 to 10,000. Default: 1.</summary>
    public int? Slots { get; init; }

    /// <summary>How many more it may be sent ahead. Default: the server decides.</summary>
    public int? Prefetch { get; init; }

    /// <summary>Leases it still holds from an earlier session, at most 20,000. Default: none.</summary>
    public IReadOnlyList<string>? Held { get; init; }
}
