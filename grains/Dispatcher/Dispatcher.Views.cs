using Worcr.Grains.Jobs;

namespace Worcr.Grains;

/// <summary>What anybody may ask: a job, a page of jobs, logs.</summary>
public sealed partial class Dispatcher
{
    private void Get(Envelope envelope, Guid id)
    {
        if (Find(id) is { Row.Args: not null } grain) Answer(envelope, new JobReply(View(grain, grain.Row)));
        else GetStored(envelope, id);
    }

    private void GetStored(Envelope envelope, Guid id)
    {
        var find = new FindJob(_ownership, id);
        var wasLive = Find(id) is not null;
        Read((store, cancel) => store.FindAsync(find, cancel), stored =>
        {
            var isLive = Find(id) is not null;
            if (wasLive && !isLive) GetStored(envelope, id);
            else if (stored is null) Answer(envelope, new JobReply(null, Unknown));
            else Answer(envelope, new JobReply(View(stored)));
        });
    }

    private JobView View(StoredJob stored)
    {
        if (_jobs.TryGetValue(stored.Job.Seq, out var grain)) return View(grain, stored.Job);
        if (stored.Outcome is not { } outcome) return new JobView(stored.Job, 0, null, null, false) { Children = ChildrenOf(stored.Job.Id) };
        return StoredView.Of(stored.Job, outcome, _now) with { Children = ChildrenOf(stored.Job.Id) };
    }

    /// <summary>A job that is in memory: the row with its arguments, and what memory knows better.</summary>
    private JobView View(JobGrain grain, Job withArgs)
    {
        var job = grain.Row.Copy();
        job.Args = withArgs.Args;
        job.State = IsDeferred(grain) ? JobState.Retry : grain.State;
        if (job.State == JobState.Retry) job.DueAt = job.ReadyAt;
        job.Attempt = grain.Attempt;
        job.Checkpoints = grain.Checkpoints;
        job.Progress = grain.Progress;
        return new JobView(job, grain.StartedAt, grain.Worker, null, false) { Children = ChildrenOf(job.Id) };
    }

    private void Query(Envelope envelope, QueryJobsRequest request)
    {
        if (request.State == JobState.Running)
        {
            QueryRunning(envelope, request);
            return;
        }

        var query = request.InStore(_ownership);
        Read((store, cancel) => store.QueryAsync(query, cancel), page =>
        {
            var views = page.Jobs.Select(View).Where(v => request.State is null || v.Job.State == request.State).ToArray();
            Answer(envelope, new JobPageReply(views, page.Next));
        });
    }

    private void QueryRunning(Envelope envelope, QueryJobsRequest request)
    {
        var running = _running
            .Where(g => g.Seq < (request.Cursor ?? long.MaxValue) && request.Matches(g.Lane.Shape))
            .OrderByDescending(g => g.Seq)
            .Take(request.Limit + 1)
            .Select(g => g.Seq)
            .ToArray();
        long? next = running.Length > request.Limit ? running[request.Limit - 1] : null;
        var page = running.Take(request.Limit).ToArray();
        Read((store, cancel) => store.ReadJobsAsync(page, cancel), rows =>
        {
            var views = rows.Where(r => _jobs.TryGetValue(r.Seq, out var g) && g.IsRunning)
                .OrderByDescending(r => r.Seq)
                .Select(r => View(_jobs[r.Seq], r))
                .ToArray();
            Answer(envelope, new JobPageReply(views, next));
        });
    }

    private void Logs(Envelope envelope, LogsRequest request)
    {
        if (Find(request.Id) is { } grain)
        {
            ReadLogs(envelope, request, grain.Seq);
            return;
        }

        var find = new FindJob(_ownership, request.Id);
        Read((store, cancel) => store.FindAsync(find, cancel), stored =>
        {
            if (stored is null) Answer(envelope, new LogsReply([], Unknown));
            else ReadLogs(envelope, request, stored.Job.Seq);
        });
    }

    private void ReadLogs(Envelope envelope, LogsRequest request, long seq)
    {
        var read = new ReadLogs(seq, request.Skip, request.Limit);
        Read((store, cancel) => store.ReadLogsAsync(read, cancel), lines => Answer(envelope, new LogsReply(lines)));
    }
}
