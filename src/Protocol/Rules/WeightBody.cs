namespace Worcr.Protocol;

/// <summary>Multiplies the weight of matching jobs on matching workers: the body of <c>PUT /v1/weights/{name}</c>.</summary>
public record WeightBody : ResourceBody
{
    /// <summary>Which jobs on which workers.</summary>
    public required RuleMatchDocument Match { get; init; }

    /// <summary>0.000001 to 1,000,000. Factors of all matching rules are multiplied.</summary>
    public double? Factor { get; init; }

    /// <summary>A function that gives the factor: not in this version.</summary>
    public string? Function { get; init; }
}
