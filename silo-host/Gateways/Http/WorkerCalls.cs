using System.Buffers;
using Microsoft.Extensions.Options;
using Worcr.Protocol.Worker;
using Worcr.SiloHost.Auth;
using Worcr.SiloHost.Gateways.Json;
using Worcr.SiloHost.Gateways.Sessions;

namespace Worcr.SiloHost.Gateways.Http;

/// <summary>The HTTP worker calls: lease, report, and notes about a running job.</summary>
internal sealed class WorkerCalls(IDispatchers dispatchers, IOptions<GatewayOptions> options)
{
    /// <summary>Leases jobs, waiting for the first one if asked to. Jobs that can no longer be delivered are given back at once.</summary>
    public async Task LeaseAsync(HttpContext http)
    {
        var call = await WorkerBody.ReadAsync(http, WorkerJson.Default.LeaseCall);
        var request = call.Request((long)options.Value.LeaseWait.TotalMilliseconds).Within(http.Features.Get<Principal>()?.Scope);
        var dispatcher = await FindAsync(http);
        var reply = await dispatcher.LeaseAsync(request, http.RequestAborted);
        if (reply.Refusal is { } refusal) throw WorkerCallException.Of(refusal);
        var delivered = false;
        try
        {
            http.RequestAborted.ThrowIfCancellationRequested();
            await WorkerAnswers.WriteAsync(http, body =>
            {
                body.Write("{\"jobs\":"u8);
                LeasedJobWriter.Write(body, new RunBatch(reply.Jobs, 0, reply.Jobs.Count));
                body.Write(reply.IsQuiet ? ",\"quiet\":true}"u8 : "}"u8);
            });
            delivered = !http.RequestAborted.IsCancellationRequested;
        }
        finally
        {
            if (!delivered) await GiveBackAsync(dispatcher, reply.Jobs);
        }
    }

    /// <summary>How attempts ended.</summary>
    public async Task ReportAsync(HttpContext http)
    {
        using var body = await WorkerBody.ReadAsync(http);
        var reports = ReportBody.Read(body.Span);
        var dispatcher = await FindAsync(http);
        var reply = await dispatcher.ReportAsync(new ReportRequest(reports), CancellationToken.None);
        await WorkerAnswers.WriteAsync(http, body =>
        {
            body.Write("{\"results\":["u8);
            for (var i = 0; i < reply.Accepted.Count; i++)
            {
                if (i > 0) body.Write(","u8);
                body.Write(reply.Accepted[i] ? "\"ok\""u8 : "\"stale\""u8);
            }

            body.Write("]}"u8);
        });
    }

    /// <summary>Starts the attempt's time-out anew.</summary>
    public Task ExtendAsync(HttpContext http) => NoteAsync(http, (lease, _) => new NoteRequest.Extend(lease));

    /// <summary>Saves a named value for the next attempt.</summary>
    public Task CheckpointAsync(HttpContext http) => NoteAsync(http, (lease, call) => WorkerCallChecks.Checkpoint(lease, call.Name, call.Value));

    /// <summary>A named done/total pair.</summary>
    public Task ProgressAsync(HttpContext http) => NoteAsync(http, (lease, call) => WorkerCallChecks.Progress(lease, call.Name, call.Done, call.Total));

    /// <summary>A log line.</summary>
    public Task LogAsync(HttpContext http) => NoteAsync(http, (lease, call) => WorkerCallChecks.Log(lease, call.Level, call.Line));

    /// <summary>Permits of a limit, while the job runs; hanging up ends the wait.</summary>
    public async Task AcquireAsync(HttpContext http)
    {
        var call = await WorkerBody.ReadAsync(http, WorkerJson.Default.AcquireCall);
        var request = WorkerCallChecks.Acquire(call.Lease, call.Limit, call.Key, call.N, call.Wait);
        var dispatcher = await FindAsync(http);
        var reply = await dispatcher.AcquireAsync(request, http.RequestAborted);
        if (reply.Refusal is { } refusal) throw WorkerCallException.Of(refusal);
        await WorkerAnswers.WriteAsync(http, body => body.Write(reply switch
        {
            { Accepted: false } => "{\"result\":\"stale\",\"granted\":false}"u8,
            { Granted: false } => "{\"result\":\"ok\",\"granted\":false}"u8,
            _ => "{\"result\":\"ok\",\"granted\":true}"u8,
        }));
    }

    private async Task NoteAsync(HttpContext http, Func<LeaseToken, NoteCall, NoteRequest> read)
    {
        var call = await WorkerBody.ReadAsync(http, WorkerJson.Default.NoteCall);
        var note = read(WorkerCallChecks.Lease(call.Lease), call);
        var dispatcher = await FindAsync(http);
        var reply = await dispatcher.NoteAsync(note, CancellationToken.None);
        if (reply.Refusal is { } refusal) throw WorkerCallException.Of(refusal);
        await WorkerAnswers.WriteAsync(http, body => body.Write(NoteAnswer(reply)));
    }

    private static ReadOnlySpan<byte> NoteAnswer(NoteReply reply) => reply switch
    {
        { Accepted: false } => "{\"result\":\"stale\"}"u8,
        { Interrupted: true } => "{\"result\":\"ok\",\"interrupt\":true}"u8,
        _ => "{\"result\":\"ok\"}"u8,
    };

    private ValueTask<IDispatcher> FindAsync(HttpContext http) =>
        dispatchers.FindAsync(NamespaceName.Check(http.Request.RouteValues["namespace"] as string), http.RequestAborted);

    private static async Task GiveBackAsync(IDispatcher dispatcher, IReadOnlyList<LeasedJob> jobs)
    {
        if (jobs.Count == 0) return;
        await dispatcher.ReportAsync(new ReportRequest([.. jobs.Select(job => new Report(job.Lease, ReportOutcome.Yield))]), CancellationToken.None);
    }
}
