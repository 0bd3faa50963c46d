using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Worcr.Core.Rules;

namespace Worcr.SiloHost.Gateways.Faktory;

/// <summary>What workers say: ACK, FAIL and BEAT.</summary>
internal sealed partial class FaktoryClient
{
    private const string Unknown = "unknown";

    private static ReadOnlySpan<byte> AckVerb => "ACK "u8;

    /// <summary>ACK, and those that the client has sent behind it: they go to the dispatcher together.</summary>
    private async Task<bool> AckAsync(FaktoryRequest request)
    {
        List<FaktoryAck> acks = [FaktoryAck.Read(request.Argument)];
        while (acks.Count < FaktoryBounds.Together && TryTake(AckVerb, out var next)) acks.Add(FaktoryAck.Read(next.Argument));
        List<Exception?> refusals = [.. acks.Select(ack => ack.Refusal)];
        try
        {
            await CompleteAsync([.. acks.Where(ack => ack.Refusal is null).Select(ack => ack.Job)]);
        }
        catch (DispatcherUnavailableException error)
        {
            for (var i = 0; i < refusals.Count; i++) refusals[i] ??= error;
        }

        return await AnswerAsync(refusals);
    }

    /// <summary>Completes those of the jobs that this worker holds.</summary>
    private async Task CompleteAsync(Guid[] jobs)
    {
        if (jobs.Length == 0) return;
        var dispatcher = await around.DispatcherAsync();
        var reports = new List<Report>(jobs.Length);
        foreach (var job in jobs)
        {
            if (await LeaseOfAsync(dispatcher, job) is { } lease) reports.Add(new Report(lease, ReportOutcome.Complete));
            Forget(job);
        }

        if (reports.Count > 0) await dispatcher.ReportAsync(new ReportRequest(reports), CancellationToken.None);
    }

    private async Task<bool> FailAsync(FaktoryRequest request)
    {
        using var json = FaktoryJson.ParseObject(request.Argument);
        var jid = JidOf(json.RootElement, "missing JID");
        var (type, message) = (Cut(json.RootElement.Text("errtype"), FaktoryBounds.ErrorType), Cut(json.RootElement.Text("message"), FaktoryBounds.ErrorMessage));
        var backtrace = json.RootElement.Texts("backtrace").Take(FaktoryBounds.BacktraceLines).Select(line => Cut(line, FaktoryBounds.ErrorMessage)).ToArray();
        var dispatcher = await around.DispatcherAsync();
        if (await LeaseOfAsync(dispatcher, FaktoryId.Of(jid)) is not { } lease) throw new FaktoryException($"Job not found {jid}");
        await BacktraceAsync(dispatcher, lease, backtrace);
        Forget(FaktoryId.Of(jid));
        var isHeld = (await dispatcher.ReportAsync(new ReportRequest([Failure(lease, type, message)]), CancellationToken.None)).Accepted[0];
        return isHeld ? await OkAsync() : throw new FaktoryException($"Job not found {jid}");
    }

    private static Task BacktraceAsync(IDispatcher dispatcher, LeaseToken lease, string[] backtrace) => backtrace.Length == 0
        ? Task.CompletedTask
        : dispatcher.NoteAsync(new NoteRequest.Checkpoint(lease, FaktoryFailure.Checkpoint, JsonSerializer.SerializeToUtf8Bytes(backtrace)), CancellationToken.None);

    [SuppressMessage("Security", "CA5394", Justification = "It only spreads retries over time.")]
    private static Report Failure(LeaseToken lease, string type, string message) =>
        new(lease, ReportOutcome.Fail, Error: new JobError(type, message, FaktoryRetry.DelayMs(lease.Attempt - 1, Random.Shared.NextDouble())));

    private void Forget(Guid job)
    {
        around.Leases.Drop(job);
        worker?.Stock.Ended(job);
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
