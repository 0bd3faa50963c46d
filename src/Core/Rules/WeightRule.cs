namespace Worcr.Core.Rules;

/// <summary>Multiplies the weight of matching jobs on matching workers.</summary>
/// <param name="Match">Which jobs on which workers.</param>
/// <param name="Factor">Above 0, at most 1,000,000. Factors of all matching rules are multiplied.</param>
public sealed record WeightRule(RuleMatch Match, double Factor) : Resource
{
    /// <inheritdoc />
    public override ResourceKind Kind => ResourceKind.Weight;
}
