namespace Worcr.Protocol;

/// <summary>What an operator said to the worker of a name, and what stands of it.</summary>
/// <param name="Worker">The worker's name.</param>
/// <param name="Order"><c>quiet</c>, <c>end</c> or <c>none</c>.</param>
public sealed record WorkerOrderDocument(string Worker, string Order)
{
    /// <summary>Since when it stands; absent: no order does.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>When it ends by itself; absent: it does not.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>How many sessions and waiting polls of the name there are; only in the answer to an order.</summary>
    public int? Sessions { get; init; }

    /// <summary>How many jobs it holds; only in the answer to an order.</summary>
    public int? Held { get; init; }
}
