using Worcr.Core.Rules;
using Worcr.Grains.Lanes;

namespace Worcr.Grains;

/// <summary>New jobs that a rule throws away as they come: their rows are part of the flush already, and their records in the history are the receipts.</summary>
public sealed partial class Dispatcher
{
    private bool IsDiscarded(Job job, Lane lane)
    {
        if ((BlackholeError(job, lane) ?? ShedError(job, lane)) is not { } error) return false;
        (job.DueAt, job.ReadyAt, job.State) = (0, _now, JobState.Ready);
        if (IsHeard(EventKind.JobEnqueued)) Emit(EventKind.JobEnqueued, job, ("state", Lower(JobState.Discarded)));
        Count(StrandOf(lane, job.Priority), +1);
        FinishCold(job, JobState.Discarded, error);
        return true;
    }

    /// <summary>Why a blackhole takes the new job, or null; one that is to start later it takes then.</summary>
    private JobError? BlackholeError(Job job, Lane lane)
    {
        if (lane.Rules.Blackhole is not { } blackhole || lane.IsUnsorted || job.DueAt > _now) return null;
        return TakenBy(blackhole);
    }

    private JobError TakenBy(string blackhole)
    {
        Hit(ResourceKind.Blackhole, blackhole);
        return new JobError(ErrorCodeOf(blackhole), "A blackhole rule took the job.");
    }
}
