namespace Worcr.Core.Rules;

/// <summary>Routes that meet the same jobs; one object for equal sets, until a rule changes.</summary>
/// <param name="rules">The rules.</param>
public sealed class RouteSet(IReadOnlyList<RouteRule> rules)
{
    /// <summary>No rule.</summary>
    public static RouteSet None { get; } = new([]);

    /// <summary>Whether a worker may not run the jobs.</summary>
    public bool Prohibits(IReadOnlyCollection<string> workerTags)
    {
        foreach (var rule in rules)
        {
            if (rule.Match.Worker.Matches(workerTags)) return true;
        }

        return false;
    }
}
