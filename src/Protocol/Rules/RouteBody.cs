namespace Worcr.Protocol;

/// <summary>Keeps matching jobs away from matching workers: the body of <c>PUT /v1/routes/{name}</c>.</summary>
public record RouteBody : ResourceBody
{
    /// <summary>Which jobs on which workers.</summary>
    public required RuleMatchDocument Match { get; init; }

    /// <summary><c>prohibit</c>.</summary>
    public required string Effect { get; init; }
}
