using Worcr.Core.Retry;
using Worcr.Grains.Jobs;
using Worcr.Grains.Workers;

namespace Worcr.Grains;

/// <summary>What workers are told, and when: a job when its lease is durable, everything else when what caused it is.</summary>
public sealed partial class Dispatcher
{
    private void Tell(Session session, SessionMessage message) => _work.Effects.Add(() => session.Outgoing.Writer.TryWrite(message));

    /// <summary>Adds the jobs leased in this flush to its effects, one message a session.</summary>
    private void TellSessions()
    {
        foreach (var session in _toldSessions)
        {
            var given = session.ToRun;
            session.ToRun = [];
            var jobs = new List<LeasedJob>(given.Count);
            List<JobGrain>? large = null;
            foreach (var (grain, attempt) in given)
            {
                if (!grain.IsRunning || grain.Attempt != attempt) continue;
                if (session.Poll is not null) EndHold(grain);
                if (grain.Row.Args is { } args) jobs.Add(Leased(grain, args));
                else (large ??= []).Add(grain);
            }

            if (large is not null) SendLarge(session, large, jobs);
            else if (jobs.Count > 0 || session.Poll is not null) Send(session, jobs);
        }

        _toldSessions.Clear();
    }

    /// <summary>A poll's leases belong to no session.</summary>
    private void EndHold(JobGrain grain)
    {
        grain.Session = null;
        if (!grain.IsPolled) SetLeaseTimer(grain);
    }

    private void Send(Session session, List<LeasedJob> jobs)
    {
        if (session.Poll is { } poll) _work.Effects.Add(() => AnswerPoll(poll, jobs));
        else Tell(session, new SessionMessage.Run(jobs));
    }

    /// <summary>A poller that has gone meanwhile never heard of its jobs: they are given back.</summary>
    private void AnswerPoll(Poll poll, List<LeasedJob> jobs)
    {
        poll.Answer(new LeaseReply(jobs));
        if (!poll.Cancel.IsCancellationRequested) return;
        foreach (var job in jobs)
        {
            if (TryFindLease(job.Lease, out var grain)) Continue(grain, RetryDecision.Now, Outcomes.Yield, null);
        }
    }

    /// <summary>Jobs with arguments that are not in memory: read them once the lease is durable, then tell.</summary>
    private void SendLarge(Session session, List<JobGrain> large, List<LeasedJob> jobs)
    {
        if (jobs.Count > 0 && session.Poll is null) Send(session, jobs);
        var tokens = large.ConvertAll(g => g.Lease);
        var seqs = tokens.ConvertAll(t => t.Seq);
        Order(new StoreReadOf<IReadOnlyList<Job>>((store, cancel) => store.ReadJobsAsync(seqs, cancel), rows =>
        {
            var whole = session.Poll is null ? [] : jobs;
            foreach (var row in rows)
            {
                if (_jobs.TryGetValue(row.Seq, out var grain) && tokens.Contains(grain.Lease) && grain.IsRunning) whole.Add(Leased(grain, row.Args!));
            }

            Send(session, whole);
        })
        { AfterFlush = _work.Number });
    }

    private LeasedJob Leased(JobGrain grain, byte[] args) =>
        new(grain.Row.Id, grain.Lease, grain.Lane.Shape, args, grain.Attempt, grain.Row.Options.TimeoutMs, grain.Checkpoints, grain.Row.Options.Meta) { Children = ChildrenOf(grain.Row.Id) };
}
