namespace Worcr.Grains.Lanes;

/// <summary>What a worker class looks at: lanes of equal kind are served by the same classes.</summary>
internal sealed record LaneKind(string Type, string Queue);
