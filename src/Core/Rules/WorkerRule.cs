namespace Worcr.Core.Rules;

/// <summary>What an operator said to the worker of a name. It stands over connections and restarts, those of the silo and those of the worker.</summary>
/// <param name="Order">What it is to do.</param>
/// <param name="Since">When that was said, Unix milliseconds.</param>
/// <param name="ExpiresAt">When the order ends by itself, Unix milliseconds; 0: never.</param>
public sealed record WorkerRule(WorkerOrder Order, long Since, long ExpiresAt = 0) : Resource
{
    /// <inheritdoc />
    public override ResourceKind Kind => ResourceKind.Worker;
}
