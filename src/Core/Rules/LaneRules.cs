namespace Worcr.Core.Rules;

/// <summary>What the rules say of the jobs of a lane.</summary>
/// <param name="Weights">Weight rules that meet them, whoever the worker is.</param>
/// <param name="Routes">Routes that meet them, whoever the worker is.</param>
/// <param name="Limits">Limits they count against.</param>
/// <param name="Pauses">Names of the pauses that hold them.</param>
/// <param name="Blackhole">The name of the blackhole that takes them (the first by name), or null.</param>
/// <param name="Sheds">Names of the shed rules that meet them.</param>
/// <param name="ShedCounts">Names of the shed rules whose backlog they are part of.</param>
public sealed record LaneRules(WeightSet Weights, RouteSet Routes, LaneLimit[] Limits, string[] Pauses, string? Blackhole, string[] Sheds, string[] ShedCounts)
{
    /// <summary>Nothing.</summary>
    public static LaneRules None { get; } = new(WeightSet.None, RouteSet.None, [], [], null, [], []);
}
