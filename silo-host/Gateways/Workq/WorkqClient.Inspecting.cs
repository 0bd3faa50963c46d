using System.Globalization;

namespace Worcr.SiloHost.Gateways.Workq;

/// <summary><c>inspect</c>.</summary>
internal sealed partial class WorkqClient
{
    private const int StateNew = 0;
    private const int StateCompleted = 1;
    private const int StateFailed = 2;
    private const int StatePending = 3;
    private const int StateLeased = 4;

    private async Task<bool> InspectJobAsync(WorkqCommand.InspectJob request)
    {
        var dispatcher = await DispatcherAsync();
        var reply = await dispatcher.GetAsync(new GetJobRequest(request.Id), CancellationToken.None);
        if (reply.Job is not { } view || view.IsOver(around.Now)) return await SayAsync(WorkqErrors.NotFound);
        connection.Records(1);
        return await SayAsync(view, WorkqPayload.FromJson(view.Job.Args));
    }

    private async Task<bool> InspectJobsAsync(WorkqCommand.InspectJobs request)
    {
        var dispatcher = await DispatcherAsync();
        await around.Inspections.WaitAsync(CancellationToken.None);
        try
        {
            if (!await IsKnownAsync(dispatcher, request.Name)) return await SayAsync(WorkqErrors.NotFound);
            BacklogRequest page = request.Scheduled
                ? new BacklogRequest.Waiting(request.Name, request.Offset, request.Limit)
                : new BacklogRequest.Ready(request.Name, request.Offset, request.Limit);
            var ids = await dispatcher.BacklogAsync(page, CancellationToken.None);
            var records = await ReadAsync(dispatcher, ids.Jobs);
            connection.Records(records.Count);
            foreach (var (view, payload) in records)
            {
                if (!await SayAsync(view, payload)) return false;
            }

            return await connection.FlushAsync();
        }
        finally
        {
            around.Inspections.Release();
        }
    }

    /// <summary>Reads jobs, up to a bounded number of bytes; those that have gone meanwhile are left out.</summary>
    private async Task<List<(JobView View, byte[] Payload)>> ReadAsync(IDispatcher dispatcher, IReadOnlyList<Guid> ids)
    {
        var records = new List<(JobView, byte[])>();
        long bytes = 0;
        foreach (var id in ids)
        {
            var reply = await dispatcher.GetAsync(new GetJobRequest(id), CancellationToken.None);
            if (reply.Job is not { Outcome: null } view || view.IsOver(around.Now)) continue;
            var payload = WorkqPayload.FromJson(view.Job.Args);
            bytes += payload.Length;
            if (bytes > WorkqBounds.PageBytes && records.Count > 0) break;
            records.Add((view, payload));
        }

        return records;
    }

    private async Task<bool> InspectQueueAsync(WorkqCommand.InspectQueue request)
    {
        var dispatcher = await DispatcherAsync();
        var sizes = await SizesAsync(dispatcher, new BacklogRequest.Sizes(request.Name));
        if (sizes.Count == 0 && !around.Names.Knows(request.Name)) return await SayAsync(WorkqErrors.NotFound);
        connection.Records(1);
        return SayQueue(sizes.Count == 0 ? new TypeBacklog(request.Name, 0, 0) : sizes[0]) && await connection.FlushAsync();
    }

    private async Task<bool> InspectQueuesAsync(WorkqCommand.InspectQueues request)
    {
        var dispatcher = await DispatcherAsync();
        var sizes = await SizesAsync(dispatcher, new BacklogRequest.Types());
        var byName = sizes.ToDictionary(s => s.Type, StringComparer.Ordinal);
        foreach (var name in around.Names.All) byName.TryAdd(name, new TypeBacklog(name, 0, 0));
        if (request.Offset >= byName.Count) return await SayAsync("+OK 0");
        var page = byName.Values.OrderBy(s => s.Type, StringComparer.Ordinal).Skip((int)request.Offset).Take(request.Limit).ToList();
        connection.Records(page.Count);
        return page.TrueForAll(SayQueue) && await connection.FlushAsync();
    }

    private async Task<bool> InspectServerAsync()
    {
        var dispatcher = await DispatcherAsync();
        var stats = await dispatcher.StatsAsync(new StatsRequest(), CancellationToken.None);
        connection.Records(1);
        connection.Pair("server", 3);
        connection.Pair("active-clients", around.Clients());
        connection.Pair("evicted-jobs", stats.Jobs.Expired);
        return await SayAsync("started " + WorkqTime.Text(around.Started));
    }

    private async Task<IReadOnlyList<TypeBacklog>> SizesAsync(IDispatcher dispatcher, BacklogRequest request)
    {
        await around.Inspections.WaitAsync(CancellationToken.None);
        try
        {
            return (await dispatcher.BacklogAsync(request, CancellationToken.None)).Types;
        }
        finally
        {
            around.Inspections.Release();
        }
    }

    private async Task<bool> IsKnownAsync(IDispatcher dispatcher, string name) =>
        around.Names.Knows(name) || (await dispatcher.BacklogAsync(new BacklogRequest.Sizes(name), CancellationToken.None)).Types.Count > 0;

    private bool SayQueue(TypeBacklog queue)
    {
        connection.Pair(queue.Type, 2);
        connection.Pair("ready-len", queue.Ready);
        connection.Pair("scheduled-len", queue.Waiting);
        return true;
    }

    private async Task<bool> SayAsync(JobView view, byte[] payload)
    {
        var (job, meta) = (view.Job, WorkqMeta.Of(view.Job));
        connection.Line($"{job.Id} {(meta.Time is null ? 12 : 13)}");
        connection.Line("name " + job.Shape.Type);
        connection.Pair("ttr", job.Options.TimeoutMs);
        connection.Line(string.Create(CultureInfo.InvariantCulture, $"ttl {meta.Ttl}"));
        connection.Pair("payload-size", payload.Length);
        connection.Advance(System.Text.Encoding.ASCII.GetBytes("payload ", connection.GetSpan(16)));
        if (!await connection.WriteAsync(payload)) return false;
        connection.Line("");
        connection.Pair("max-attempts", job.Options.Retry.MaxAttempts);
        connection.Pair("attempts", job.Attempt - job.Yields);
        connection.Pair("max-fails", meta.MaxFails);
        connection.Pair("fails", job.Fails);
        connection.Pair("priority", job.Priority);
        connection.Pair("state", StateOf(job));
        connection.Line("created " + WorkqTime.Text(job.CreatedAt));
        if (meta.Time is not null) connection.Line("time " + meta.Time);
        return await connection.FlushAsync();
    }

    private static int StateOf(Job job) => job.State switch
    {
        JobState.Succeeded => StateCompleted,
        JobState.Dead => StateFailed,
        JobState.Running => StateLeased,
        _ => job.Attempt > job.Yields || job.Fails > 0 ? StatePending : StateNew,
    };
}
