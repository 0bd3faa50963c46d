namespace Worcr.Core.Rules;

/// <summary>Matching jobs are discarded instead of started; they can be restored.</summary>
/// <param name="Match">Which jobs.</param>
/// <param name="ExpiresAt">When the rule ends by itself, Unix milliseconds; 0: never.</param>
public sealed record BlackholeRule(RuleMatch Match, long ExpiresAt = 0) : Resource
{
    /// <inheritdoc />
    public override ResourceKind Kind => ResourceKind.Blackhole;
}
