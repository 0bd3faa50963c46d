using System.Collections.Concurrent;

namespace Worcr.Store.Image;

/// <summary>Lanes read lately, so that jobs of one lane share one shape. A lane never changes and its id is never given out again.</summary>
internal sealed class LaneCache
{
    private const int Capacity = 20_000;
    private static readonly LaneShape Unknown = new("", "", "", [], 1, 0, null);
    private readonly ConcurrentDictionary<long, LaneRecord> _lanes = new();

    /// <summary>What a job's shape is until <see cref="Complete"/>.</summary>
    public static LaneShape Pending => Unknown;

    /// <summary>Which lanes of <paramref name="jobs"/> have to be read.</summary>
    public long[] Missing(IEnumerable<Job> jobs) => [.. jobs.Select(j => j.LaneId).Where(id => !_lanes.ContainsKey(id)).Distinct()];

    /// <summary>Gives the jobs their shapes, and remembers these.</summary>
    /// <param name="jobs">Jobs whose shape is <see cref="Pending"/>.</param>
    /// <param name="read">The lanes that were <see cref="Missing"/>.</param>
    public void Complete(IEnumerable<Job> jobs, IEnumerable<LaneRecord> read)
    {
        if (_lanes.Count > Capacity) _lanes.Clear();
        var fresh = read.ToDictionary(lane => lane.LaneId);
        foreach (var (id, lane) in fresh) _lanes[id] = lane;
        foreach (var job in jobs)
        {
            if (!fresh.TryGetValue(job.LaneId, out var lane) && !_lanes.TryGetValue(job.LaneId, out lane))
                throw new InvalidOperationException($"job {job.Seq} is in lane {job.LaneId}, which is not in the store");
            job.Shape = lane.Shape;
        }
    }
}
