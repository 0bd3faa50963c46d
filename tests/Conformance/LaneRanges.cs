namespace Worcr.Conformance;

/// <summary>Parts of lanes as the store is asked for them.</summary>
internal static class LaneRanges
{
    public static ReadyRange Range(this LaneRecord lane, int priority = 0, long after = 0, long before = long.MaxValue, int limit = 100) =>
        new(lane.LaneId, lane.Shape, priority, after, before, limit);
}
