using Worcr.Grains.Jobs;

namespace Worcr.Grains;

/// <summary>New jobs.</summary>
public sealed partial class Dispatcher
{
    private void Enqueue(Envelope envelope, EnqueueRequest request)
    {
        if (_draining)
        {
            Answer(envelope, new EnqueueReply([], new Refusal(RefusalKind.Draining, "The silo is draining.", RetryAfterMs: 1_000)));
            return;
        }

        if (NeedsClaim(request.Jobs))
        {
            Claim(envelope, request);
            return;
        }

        if ((BatchRefusalOf(request.Jobs) ?? ParentRefusalOf(request.Jobs, null) ?? ShedRefusal(request.Jobs)) is { } refusal)
        {
            Answer(envelope, new EnqueueReply([], refusal));
            return;
        }

        var answers = new EnqueuedJob[request.Jobs.Count];
        for (var i = 0; i < answers.Length; i++)
        {
            Adopt(request.Jobs[i], null);
            answers[i] = Accept(request.Jobs[i]);
        }

        Answer(envelope, new EnqueueReply(answers));
    }

    private bool NeedsClaim(IReadOnlyList<Job> jobs)
    {
        foreach (var job in jobs)
        {
            if (job.HasClientId || job.Options.Unique is not null || (job.Options.Parent is { } parent && Find(parent) is null)) return true;
        }

        return false;
    }

    private EnqueuedJob Accept(Job job)
    {
        job.Seq = ++_lastSeq;
        if (_work.FirstInsert == 0) _work.FirstInsert = job.Seq;
        if (!job.HasClientId) job.Id = JobId.Create(_now, job.Seq, _chance.Next());
        ApplyDefaults(job);
        var lane = LaneOf(ShapeOf(job));
        job.Shape = lane.Shape;
        job.LaneId = lane.Id;
        job.CreatedAt = _now;
        CountEnqueued(lane);
        _work.Flush.Inserts.Add(job);
        Join(job);
        if (IsDiscarded(job, lane)) return New(job, JobState.Discarded);
        if (job.DueAt > _now) AcceptLater(job, lane);
        else AcceptNow(job, lane);
        if (IsHeard(EventKind.JobEnqueued)) Emit(EventKind.JobEnqueued, job, ("state", Lower(job.State)));
        return New(job, job.State);
    }

    private EnqueuedJob New(Job job, JobState state)
    {
        if (job.HasClientId) _recentClaims.Accept(new KnownId(job.Id, job.Seq, state), _work.Number);
        return new EnqueuedJob(job.Id, state, Duplicate: false);
    }

    private void AcceptNow(Job job, Lanes.Lane lane)
    {
        job.DueAt = 0;
        job.ReadyAt = _now;
        job.State = JobState.Ready;
        var strand = lane.StrandOf(job.Priority, job.Seq - 1);
        Count(strand, +1);
        Admit(strand, job, null);
        if (!_jobs.ContainsKey(job.Seq)) LeaveAlarm(job);
        Refresh(lane);
    }

    private void AcceptLater(Job job, Lanes.Lane lane)
    {
        job.State = JobState.Scheduled;
        CountWaiting(JobState.Scheduled, +1);
        if (!KeepAlarm(job.AlarmAt)) return;
        var grain = new JobGrain(job, StrandOf(lane, job.Priority)) { RowFlush = _work.Number };
        Enter(grain);
        AddAlarm(grain);
    }
}
