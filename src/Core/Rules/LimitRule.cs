using Worcr.Core.Limits;

namespace Worcr.Core.Rules;

/// <summary>A named constraint on jobs, or on what workers do while they run jobs.</summary>
/// <param name="Match">Which jobs it concerns (<see cref="LimitUse.Job"/>), or whose workers may acquire it.</param>
/// <param name="Limit">How much: kind, limit, period, burst.</param>
public sealed record LimitRule(RuleMatch Match, LimitSpec Limit) : Resource
{
    /// <inheritdoc />
    public override ResourceKind Kind => ResourceKind.Limit;

    /// <summary>What makes a key; jobs of different keys do not count against each other. Empty: one key for all. A job that has no value for a part is not limited.</summary>
    public IReadOnlyList<LimitKeyPart> Key { get; init; } = [];

    /// <summary>Who acquires it. Default: the dispatcher, when it starts a job.</summary>
    public LimitUse Use { get; init; }

    /// <summary>How it adapts, or null.</summary>
    public AdaptiveSpec? Adaptive { get; init; }
}
