using System.Text;
using System.Text.Unicode;
using Worcr.Protocol.Worker;

namespace Worcr.SiloHost.Gateways.Workq;

/// <summary>What workers ask: <c>lease</c>, <c>complete</c>, <c>fail</c>.</summary>
internal sealed partial class WorkqClient
{
    private async Task<bool> LeaseAsync(WorkqCommand.Lease lease)
    {
        foreach (var name in lease.Names) around.Names.Use(name);
        using var over = CancellationTokenSource.CreateLinkedTokenSource(connection.Gone, connection.Draining);
        var dispatcher = await DispatcherAsync();
        var request = new LeaseRequest { Worker = _worker, Types = lease.Names, Max = 1, WaitMs = lease.Wait, Transport = "workq" };
        var reply = await LeaseAsync(dispatcher, request, over.Token);
        if (over.IsCancellationRequested)
        {
            await GiveBackAsync(dispatcher, reply);
            return await SayAsync(connection.Draining.IsCancellationRequested ? WorkqErrors.Server(WorkqErrors.Draining) : WorkqErrors.TimedOut);
        }

        if (reply.Refusal is { } refusal) return await SayAsync(WorkqErrors.Server(refusal.Detail));
        if (reply.Jobs.Count == 0) return await SayAsync(WorkqErrors.TimedOut);
        if (await SayAsync(reply.Jobs[0])) return true;
        await GiveBackAsync(dispatcher, reply);
        return false;
    }

    private static async Task<LeaseReply> LeaseAsync(IDispatcher dispatcher, LeaseRequest request, CancellationToken over)
    {
        try
        {
            return await dispatcher.LeaseAsync(request, over);
        }
        catch (OperationCanceledException) when (over.IsCancellationRequested)
        {
            return new LeaseReply([]);
        }
    }

    private Task<bool> SayAsync(LeasedJob job)
    {
        var payload = WorkqPayload.FromJson(job.Args);
        connection.Records(1);
        return SayAsync($"{job.Id} {job.Shape.Type} {job.TimeoutMs} {payload.Length}", payload);
    }

    /// <summary>The job never reached its worker.</summary>
    private static async Task GiveBackAsync(IDispatcher dispatcher, LeaseReply reply)
    {
        if (reply.Jobs.Count == 0) return;
        await dispatcher.ReportAsync(new ReportRequest([.. reply.Jobs.Select(job => new Report(job.Lease, ReportOutcome.Yield))]), CancellationToken.None);
    }

    private Task<bool> FinishAsync(WorkqCommand.Finish finish)
    {
        var fault = finish.Success ? WorkqErrors.PayloadSize : WorkqErrors.ResultSize;
        return WithBlockAsync(finish.Size, fault, async result =>
        {
            var dispatcher = await DispatcherAsync();
            var request = new FinishJobRequest(finish.Id, finish.Success ? null : ErrorOf(result), WorkqPayload.ToJson(result));
            var reply = await dispatcher.FinishAsync(request, CancellationToken.None);
            return await SayAsync(reply.Refusal?.Kind switch
            {
                null => "+OK",
                RefusalKind.NotFound => WorkqErrors.NotFound,
                RefusalKind.IllegalTransition => WorkqErrors.Client(WorkqErrors.DuplicateResult),
                _ => WorkqErrors.Server(reply.Refusal.Detail),
            });
        });
    }

    /// <summary>For people: text as it is, other bytes by their number.</summary>
    private static JobError ErrorOf(byte[] result)
    {
        var text = Utf8.IsValid(result) ? Encoding.UTF8.GetString(result) : "";
        if (text.Length == 0 || text.Any(c => char.IsControl(c) && c is not ('\r' or '\n' or '\t'))) text = $"The worker gave {result.Length} bytes as the reason.";
        return new JobError("failed", text.Length > WorkerBounds.ErrorMessage ? text[..WorkerBounds.ErrorMessage] : text);
    }
}
