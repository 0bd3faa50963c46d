namespace Worcr.Core.Rules;

/// <summary>Matching jobs are not started while the rule stands; running ones finish.</summary>
/// <param name="Match">Which jobs.</param>
/// <param name="ExpiresAt">When the rule ends by itself, Unix milliseconds; 0: never.</param>
public sealed record PauseRule(RuleMatch Match, long ExpiresAt = 0) : Resource
{
    /// <inheritdoc />
    public override ResourceKind Kind => ResourceKind.Pause;
}
