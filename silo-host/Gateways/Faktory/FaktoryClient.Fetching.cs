using Worcr.SiloHost.Api.Enqueue;

namespace Worcr.SiloHost.Gateways.Faktory;

/// <summary>FETCH: the queues in their order; when all are empty, whichever gets a job first.</summary>
internal sealed partial class FaktoryClient
{
    public static readonly string[] AllTypes = ["*"];

    private string WorkerName => worker?.Wid ?? Nameless;

    private async Task<bool> FetchAsync(FaktoryRequest request)
    {
        var queues = QueuesOf(request);
        if (connection.Draining.IsCancellationRequested || worker is { State: not FaktoryWorkerState.Running })
        {
            await RestAsync();
            return await connection.SayAsync(FaktoryReplies.Nothing);
        }

        var dispatcher = await around.DispatcherAsync();
        if (worker is not null) await worker.Presence.FetchesAsync(queues);
        if (worker is not null && await worker.Stock.TakeAsync(queues[0]) is { } ready) return await HandOverAsync(dispatcher, ready);
        var wanted = worker?.Stock.Ask() ?? 1;
        var reply = await LeaseAsync(dispatcher, queues, wanted);
        if (reply.Jobs.Count == 0) return await SayNothingAsync(reply);
        return await HandOverAsync(dispatcher, reply.Jobs[0]);
    }

    private static string[] QueuesOf(FaktoryRequest request)
    {
        string[] queues = [.. request.Words.Distinct(StringComparer.Ordinal)];
        if (queues.Length == 0) throw new FaktoryException("must call fetch with at least one queue");
        if (queues.Length > FaktoryBounds.FetchQueues) throw new FaktoryException($"at most {FaktoryBounds.FetchQueues} queues can be fetched from at once");
        return queues.All(TextCache.IsName) ? queues : throw new FaktoryException("invalid queue name");
    }

    /// <summary>Sends a job; one that does not reach its worker any more is given back.</summary>
    private async Task<bool> HandOverAsync(IDispatcher dispatcher, LeasedJob job)
    {
        var isOver = connection.Gone.IsCancellationRequested || connection.Draining.IsCancellationRequested;
        if (!isOver && await DeliverAsync(dispatcher, job)) return true;
        worker?.Stock.Ended(job.Id);
        await dispatcher.ReportAsync(new ReportRequest([new Report(job.Lease, ReportOutcome.Yield)]), CancellationToken.None);
        return await connection.SayAsync(FaktoryReplies.Nothing);
    }

    private Task<bool> SayNothingAsync(LeaseReply reply)
    {
        if (reply.Refusal is { Kind: not (RefusalKind.Draining or RefusalKind.Ended) } refusal) throw FaktoryException.Of(refusal);
        return connection.SayAsync(FaktoryReplies.Nothing).AsTask();
    }

    /// <summary>Leases for this FETCH; what is leased besides goes to the worker's stock.</summary>
    private async Task<LeaseReply> LeaseAsync(IDispatcher dispatcher, string[] queues, int wanted)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(connection.Gone, connection.Draining);
        var reply = new LeaseReply([]);
        try
        {
            return reply = await LeaseAsync(dispatcher, queues, wanted, over.Token);
        }
        catch (OperationCanceledException) when (over.IsCancellationRequested)
        {
            return reply;
        }
        finally
        {
            if (wanted > 1) worker?.Stock.Put(queues[0], reply.Jobs);
        }
    }

    private async Task<LeaseReply> LeaseAsync(IDispatcher dispatcher, string[] queues, int wanted, CancellationToken over)
    {
        if (queues.Length == 1) return await dispatcher.LeaseAsync(Request(queues, wanted, FaktoryBounds.FetchWaitMs), over);
        foreach (var queue in queues)
        {
            var first = await dispatcher.LeaseAsync(Request([queue], queue == queues[0] ? wanted : 1, 0), over);
            if (first.Jobs.Count > 0 || first.Refusal is not null) return first;
        }

        return await dispatcher.LeaseAsync(Request(queues, 1, FaktoryBounds.FetchWaitMs), over);
    }

    private LeaseRequest Request(string[] queues, int most, long waitMs) =>
        new() { Worker = WorkerName, Types = AllTypes, Queues = queues, Max = most, WaitMs = waitMs, Ahead = most > 1, Transport = "faktory" };

    /// <summary>Sends a job to its worker; false when it does not take it.</summary>
    private async Task<bool> DeliverAsync(IDispatcher dispatcher, LeasedJob job)
    {
        around.Leases.Keep(job.Id, WorkerName, job.Lease);
        var before = job.Attempt > 1 ? (await dispatcher.GetAsync(new GetJobRequest(job.Id), CancellationToken.None)).Job : null;
        return await connection.SayAsync(FaktoryPayload.Write(job, before is null ? null : FaktoryFailure.Of(before), before?.Job.ReadyAt ?? 0));
    }

    /// <summary>Whoever gets nothing waits before it asks again.</summary>
    private async Task RestAsync()
    {
        var rest = Task.Delay(TimeSpan.FromMilliseconds(FaktoryBounds.FetchWaitMs), around.Time, connection.Gone);
        await rest.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }
}
