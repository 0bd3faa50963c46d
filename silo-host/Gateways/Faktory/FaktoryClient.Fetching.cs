using Worcr.SiloHost.Api.Enqueue;

namespace Worcr.SiloHost.Gateways.Faktory;

/// <summary>FETCH: the queues in their order; when all are empty, whichever gets a job first.</summary>
internal sealed partial class FaktoryClient
{
    private static readonly string[] AllTypes = ["*"];

    private string WorkerName => worker?.Wid ?? Nameless;

    private async Task<bool> FetchAsync(FaktoryRequest request)
    {
        string[] queues = [.. request.Words.Distinct(StringComparer.Ordinal)];
        if (queues.Length == 0) throw new FaktoryException("must call fetch with at least one queue");
        if (queues.Length > FaktoryBounds.FetchQueues) throw new FaktoryException($"at most {FaktoryBounds.FetchQueues} queues can be fetched from at once");
        if (!queues.All(TextCache.IsName)) throw new FaktoryException("invalid queue name");
        if (connection.Draining.IsCancellationRequested || worker is { State: not FaktoryWorkerState.Running })
        {
            await RestAsync();
            return await connection.SayAsync(FaktoryReplies.Nothing);
        }

        using var over = CancellationTokenSource.CreateLinkedTokenSource(connection.Gone, connection.Draining);
        var dispatcher = await around.DispatcherAsync();
        var reply = await LeaseAsync(dispatcher, queues, over.Token);
        if (reply.Jobs.Count == 0) return await SayNothingAsync(reply);
        if (!over.IsCancellationRequested && await DeliverAsync(dispatcher, reply.Jobs[0])) return true;
        await dispatcher.ReportAsync(new ReportRequest([new Report(reply.Jobs[0].Lease, ReportOutcome.Yield)]), CancellationToken.None);
        return await connection.SayAsync(FaktoryReplies.Nothing);
    }

    private Task<bool> SayNothingAsync(LeaseReply reply)
    {
        if (reply.Refusal is { Kind: not RefusalKind.Draining } refusal) throw FaktoryException.Of(refusal);
        return connection.SayAsync(FaktoryReplies.Nothing).AsTask();
    }

    private async Task<LeaseReply> LeaseAsync(IDispatcher dispatcher, string[] queues, CancellationToken over)
    {
        try
        {
            if (queues.Length > 1)
            {
                foreach (var queue in queues)
                {
                    var first = await dispatcher.LeaseAsync(Request([queue], 0), over);
                    if (first.Jobs.Count > 0 || first.Refusal is not null) return first;
                }
            }

            return await dispatcher.LeaseAsync(Request(queues, FaktoryBounds.FetchWaitMs), over);
        }
        catch (OperationCanceledException) when (over.IsCancellationRequested)
        {
            return new LeaseReply([]);
        }
    }

    private LeaseRequest Request(string[] queues, long waitMs) =>
        new() { Worker = WorkerName, Types = AllTypes, Queues = queues, Max = 1, WaitMs = waitMs, Transport = "faktory" };

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
