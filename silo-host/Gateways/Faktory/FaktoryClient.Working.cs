using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Worcr.Core.Rules;

namespace Worcr.SiloHost.Gateways.Faktory;

/// <summary>What workers say: ACK, FAIL and BEAT.</summary>
internal sealed partial class FaktoryClient
{
    private const string Unknown = "unknown";

    private async Task<bool> AckAsync(FaktoryRequest request)
    {
        using var json = FaktoryJson.ParseObject(request.Argument);
        var jid = JidOf(json.RootElement, "invalid ACK: a jid is needed");
        await ReportAsync(await around.DispatcherAsync(), FaktoryId.Of(jid), lease => new Report(lease, ReportOutcome.Complete));
        return await OkAsync();
    }

    private async Task<bool> FailAsync(FaktoryRequest request)
    {
        using var json = FaktoryJson.ParseObject(request.Argument);
        var jid = JidOf(json.RootElement, "missing JID");
        var (type, message) = (Cut(json.RootElement.Text("errtype"), FaktoryBounds.ErrorType), Cut(json.RootElement.Text("message"), FaktoryBounds.ErrorMessage));
        var backtrace = json.RootElement.Texts("backtrace").Take(FaktoryBounds.BacktraceLines).Select(line => Cut(line, FaktoryBounds.ErrorMessage)).ToArray();
        var dispatcher = await around.DispatcherAsync();
        var isHeld = await ReportAsync(dispatcher, FaktoryId.Of(jid), lease => Failure(lease, type, message), lease => BacktraceAsync(dispatcher, lease, backtrace));
        return isHeld ? await OkAsync() : throw new FaktoryException($"Job not found {jid}");
    }

    private static Task BacktraceAsync(IDispatcher dispatcher, LeaseToken lease, string[] backtrace) => backtrace.Length == 0
        ? Task.CompletedTask
        : dispatcher.NoteAsync(new NoteRequest.Checkpoint(lease, FaktoryFailure.Checkpoint, JsonSerializer.SerializeToUtf8Bytes(backtrace)), CancellationToken.None);

    [SuppressMessage("Security", "CA5394", Justification = "It only spreads retries over time.")]
    private static Report Failure(LeaseToken lease, string type, string message) =>
        new(lease, ReportOutcome.Fail, Error: new JobError(type, message, FaktoryRetry.DelayMs(lease.Attempt - 1, Random.Shared.NextDouble())));

    /// <summary>Says how an attempt ended that this worker holds; false when it holds none.</summary>
    private async Task<bool> ReportAsync(IDispatcher dispatcher, Guid job, Func<LeaseToken, Report> report, Func<LeaseToken, Task>? before = null)
    {
        if (await LeaseOfAsync(dispatcher, job) is not { } lease) return false;
        if (before is not null) await before(lease);
        around.Leases.Drop(job);
        worker?.Stock.Ended(job);
        return (await dispatcher.ReportAsync(new ReportRequest([report(lease)]), CancellationToken.None)).Accepted[0];
    }

    /// <summary>The lease by which this worker runs a job. A connection that names no worker speaks for any.</summary>
    private async Task<LeaseToken?> LeaseOfAsync(IDispatcher dispatcher, Guid job) =>
        around.Leases.Find(job, worker?.Wid) ?? (await dispatcher.HeldLeaseAsync(new HeldLeaseRequest(job, worker?.Wid), CancellationToken.None)).Lease;

    private static string Cut(string? text, int most)
    {
        if (string.IsNullOrWhiteSpace(text)) return Unknown;
        if (text.Length <= most) return text;
        return text[..(char.IsHighSurrogate(text[most - 1]) ? most - 1 : most)];
    }

    private async Task<bool> BeatAsync(FaktoryRequest request)
    {
        using var json = FaktoryJson.ParseObject(request.Argument);
        var wid = json.RootElement.Text("wid") ?? "";
        if (around.Workers.Find(wid) is not { } beating) throw new FaktoryException($"unknown worker {wid}");
        beating.Beat(json.RootElement.Text("current_state"));
        if (connection.Draining.IsCancellationRequested) beating.MoveTo(FaktoryWorkerState.Terminate);
        var order = await beating.Presence.BeatAsync(beating.State == FaktoryWorkerState.Running);
        if (order == WorkerOrder.End) beating.MoveTo(FaktoryWorkerState.Terminate);
        return (order == WorkerOrder.Quiet && beating.State == FaktoryWorkerState.Running ? FaktoryWorkerState.Quiet : beating.State) switch
        {
            FaktoryWorkerState.Quiet => await connection.SayAsync("{\"state\":\"quiet\"}"u8),
            FaktoryWorkerState.Terminate => await connection.SayAsync("{\"state\":\"terminate\"}"u8),
            _ => await OkAsync(),
        };
    }
}
