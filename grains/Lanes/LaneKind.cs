using Worcr.Core.Rules;

namespace Worcr.Grains.Lanes;

/// <summary>What a worker class looks at: lanes of equal kind are served by the same classes.</summary>
/// <param name="Type">The type.</param>
/// <param name="Queue">The queue label.</param>
/// <param name="Routes">The routes that meet the lane.</param>
/// <param name="Weights">The weight rules that meet the lane, where the order of lanes depends on the worker; else null.</param>
internal sealed record LaneKind(string Type, string Queue, RouteSet Routes, WeightSet? Weights);
