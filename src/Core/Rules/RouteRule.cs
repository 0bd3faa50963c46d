namespace Worcr.Core.Rules;

/// <summary>Keeps matching jobs away from matching workers.</summary>
/// <param name="Match">Which jobs on which workers.</param>
public sealed record RouteRule(RuleMatch Match) : Resource
{
    /// <inheritdoc />
    public override ResourceKind Kind => ResourceKind.Route;
}
