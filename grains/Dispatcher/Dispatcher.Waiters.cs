using Worcr.Grains.Jobs;

namespace Worcr.Grains;

/// <summary>Callers that wait for a job to finish.</summary>
public sealed partial class Dispatcher
{
    private readonly Dictionary<Guid, List<Waiter>> _waiters = [];

    private void Wait(Envelope envelope, WaitJobRequest request)
    {
        if (request.WaitMs <= 0)
        {
            Get(envelope, request.Id);
            return;
        }

        if (Find(request.Id) is not null)
        {
            AddWaiter(envelope, request);
            return;
        }

        var find = new FindJob(_ownership, request.Id);
        ReadCold((store, cancel) => store.FindAsync(find, cancel), stored =>
        {
            if (stored is null) Answer(envelope, new JobReply(null, Unknown));
            else if (!_jobs.ContainsKey(stored.Job.Seq) && WasTouched(stored.Job.Seq)) Wait(envelope, request);
            else if (stored.Outcome is null) AddWaiter(envelope, request);
            else Answer(envelope, new JobReply(View(stored)));
        });
    }

    private void AddWaiter(Envelope envelope, WaitJobRequest request)
    {
        var waiter = new Waiter(envelope, request.Id);
        if (!_waiters.TryGetValue(request.Id, out var list)) _waiters.Add(request.Id, list = []);
        list.Add(waiter);
        _timers.Set(waiter, _now + request.WaitMs);
    }

    private void EndWait(Waiter waiter)
    {
        if (_waiters.TryGetValue(waiter.Id, out var list) && list.Remove(waiter) && list.Count == 0) _waiters.Remove(waiter.Id);
        Get(waiter.Envelope, waiter.Id);
    }

    private void AnswerWaiters(JobGrain grain, JobOutcome outcome)
    {
        if (_waiters.Count == 0) return;
        if (grain.Row.Args is null)
        {
            AnswerWaitersByRead(grain.Row.Id);
            return;
        }

        foreach (var waiter in TakeWaiters(grain.Row.Id)) Answer(waiter.Envelope, new JobReply(Ended(grain, outcome)));
    }

    private void AnswerWaitersByRead(Guid id)
    {
        foreach (var waiter in TakeWaiters(id)) GetStored(waiter.Envelope, id);
    }

    private List<Waiter> TakeWaiters(Guid id)
    {
        if (!_waiters.Remove(id, out var list)) return [];
        foreach (var waiter in list) _timers.Clear(waiter);
        return list;
    }

    private static JobView Ended(JobGrain grain, JobOutcome outcome)
    {
        var job = grain.Row.Copy();
        job.State = outcome.State;
        job.Attempt = outcome.Attempt;
        job.Fails = outcome.Fails;
        job.Attempts = AttemptHistory.Whole(outcome.Attempts ?? job.Attempts, outcome);
        job.Checkpoints = grain.Checkpoints;
        job.Progress = grain.Progress;
        return new JobView(job, outcome.StartedAt, outcome.Worker, outcome, false);
    }
}
