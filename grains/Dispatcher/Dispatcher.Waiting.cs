using Worcr.Grains.Lanes;

namespace Worcr.Grains;

/// <summary>
/// How many jobs wait for their time: scheduled ones, and those between two attempts. They are in the store only; their numbers are journaled as those of
/// strands are, so that a start reads two numbers and no jobs.
/// </summary>
public sealed partial class Dispatcher
{
    private readonly WaitingCount[] _waiting = [new(JobState.Scheduled), new(JobState.Retry)];

    private void CountWaiting(JobState state, int delta)
    {
        var count = _waiting[WaitingStrand.PriorityOf(state)];
        count.Jobs += delta;
        count.Delta += delta;
        count.IsDirty = true;
    }

    private bool RecoverWaiting(StrandCount stored)
    {
        if (stored.LaneId != WaitingStrand.LaneIdOf(_ownership)) return false;
        var count = _waiting[stored.Priority];
        count.Jobs = stored.Count;
        count.IsDirty = true;
        return true;
    }

    private void FoldWaiting(List<StrandCount> counts)
    {
        foreach (var count in _waiting)
        {
            if (!count.IsDirty) continue;
            counts.Add(new StrandCount(WaitingStrand.LaneIdOf(_ownership), count.Priority, count.Jobs - count.Delta));
            _emptied.Remove((WaitingStrand.LaneIdOf(_ownership), count.Priority));
            count.IsDirty = count.Delta != 0;
        }
    }

    private void CloseWaiting()
    {
        foreach (var count in _waiting)
        {
            if (count.Delta != 0) _work.Flush.Strands.Add(new StrandDelta(WaitingStrand.LaneIdOf(_ownership), count.Priority, count.Delta));
            count.Delta = 0;
        }
    }
}
