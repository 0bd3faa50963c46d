using Worcr.Grains.Jobs;

namespace Worcr.Grains;

/// <summary>Jobs removed by their id: ended if they live, then, when that is durable, forgotten.</summary>
public sealed partial class Dispatcher
{
    private void Remove(Envelope envelope, RemoveJobRequest request)
    {
        if (Find(request.Id) is { } grain)
        {
            ForgetEnded(envelope, request, RemoveLive(grain, request.When));
            return;
        }

        FindCold(
            request.Id,
            found: stored => RemoveStored(envelope, request, stored),
            again: () => Remove(envelope, request),
            unknown: () => Answer(envelope, new ControlReply(null, Unknown)));
    }

    private void RemoveStored(Envelope envelope, RemoveJobRequest request, StoredJob stored)
    {
        var reply = RemoveStored(stored, request.When);
        if (reply.Refusal is null && stored.Outcome is not null) Forget(envelope, stored, reply);
        else ForgetEnded(envelope, request, reply);
    }

    /// <summary>The job has just ended: as soon as that is durable, it is forgotten.</summary>
    private void ForgetEnded(Envelope envelope, RemoveJobRequest request, ControlReply reply)
    {
        if (reply.Refusal is not null)
        {
            Answer(envelope, reply);
            return;
        }

        FindCold(
            request.Id,
            found: stored => Forget(envelope, stored, reply),
            again: () => ForgetEnded(envelope, request, reply),
            unknown: () => Answer(envelope, reply));
    }

    private void Forget(Envelope envelope, StoredJob stored, ControlReply reply)
    {
        if (stored.Outcome is not null)
        {
            Touch(stored.Job.Seq);
            _work.Flush.Revivals.Add(stored.Job.Seq);
            _recentClaims.Forget(stored.Job.Seq, _work.Number);
        }

        Answer(envelope, reply);
    }

    private ControlReply RemoveLive(JobGrain grain, RemoveWhen when)
    {
        var state = grain.State;
        if (RefusalOf(when, state, IsPast(grain.Row)) is { } refusal) return new ControlReply(state, refusal);
        TellToStop(grain, "removed");
        Finish(grain, IsPast(grain.Row) ? JobState.Expired : JobState.Cancelled, null, null);
        return new ControlReply(state);
    }

    private ControlReply RemoveStored(StoredJob stored, RemoveWhen when)
    {
        var job = stored.Job;
        if (RefusalOf(when, job.State, View(stored).IsOver(_now)) is { } refusal) return new ControlReply(job.State, refusal);
        if (stored.Outcome is null) FinishCold(job, IsPast(job) ? JobState.Expired : JobState.Cancelled);
        return new ControlReply(job.State);
    }

    private static Refusal? RefusalOf(RemoveWhen when, JobState state, bool isOver) => when switch
    {
        RemoveWhen.Over => isOver ? null : HasFinished,
        _ when isOver => Unknown,
        RemoveWhen.Waiting when !state.IsWaiting() => new Refusal(RefusalKind.IllegalTransition, "The job does not wait."),
        _ => null,
    };
}
