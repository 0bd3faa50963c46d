using Worcr.Core.Rules;
using Worcr.Grains.Jobs;

namespace Worcr.Grains;

/// <summary>
/// Rules that look at arguments. What they look at is part of a lane's shape; a job that came before its rule did lies in a lane of which too little is known,
/// and moves to the right one before it can be chosen.
/// </summary>
public sealed partial class Dispatcher
{
    /// <summary>The shape of a new job, with what rules look at in its arguments.</summary>
    private LaneShape ShapeOf(Job job)
    {
        if (!_rules.LooksAtArgs || _rules.PathsFor(job.Shape) is not { Length: > 0 } paths) return job.Shape;
        return job.Shape.WithArgs(ArgPaths.Read(job.Args, paths));
    }

    /// <summary>A job goes to the lane that its arguments call for.</summary>
    private void SortInto(JobGrain grain, byte[] args)
    {
        var shape = grain.Lane.Shape;
        MoveTo(grain, shape.WithArgs(ArgPaths.Read(args, _rules.PathsFor(shape))));
    }

    private bool IsUnsorted(LaneShape shape)
    {
        foreach (var path in _rules.PathsFor(shape))
        {
            if (!shape.Args.Any(a => a.Path == path)) return true;
        }

        return false;
    }

    private void Sort(JobGrain head)
    {
        if (head.Row.Args is { } args) SortInto(head, args);
        else ReadAndSort(head);
    }

    /// <summary>The arguments are not in memory: the lane waits for them.</summary>
    private void ReadAndSort(JobGrain head)
    {
        var (lane, seq) = (head.Lane, head.Seq);
        lane.IsSorting = true;
        Read((store, cancel) => store.ReadJobsAsync([seq], cancel), rows =>
        {
            lane.IsSorting = false;
            if (rows is [{ Args: { } args }] && _jobs.TryGetValue(seq, out var grain) && ReferenceEquals(grain.Lane, lane) && grain.State == JobState.Ready && lane.IsUnsorted)
            {
                SortInto(grain, args);
            }

            Refresh(lane);
        });
    }
}
