using System.Text;
using Worcr.Store;

namespace Worcr.SiloHost.Gateways.Workq;

/// <summary>Waiting for jobs to finish, and results.</summary>
internal sealed partial class WorkqClient
{
    /// <summary>The longest wait in one question to the dispatcher, which remembers it that long even when its client has gone.</summary>
    private const long WaitPartMs = 20_000;

    /// <summary>How long after the end of its TTR a run is still waited for: the dispatcher ends the job by itself.</summary>
    private const long TtrGraceMs = 10_000;

    /// <summary>Waits until the job has finished or the time is over, which it is at once when the client has gone. Throws when the silo drains.</summary>
    private async Task<JobReply> WaitAsync(IDispatcher dispatcher, Guid id, long waitMs)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(connection.Gone, connection.Draining);
        var begun = around.Time.GetTimestamp();
        while (true)
        {
            var left = waitMs - (long)around.Time.GetElapsedTime(begun).TotalMilliseconds;
            if (left <= 0 || connection.Gone.IsCancellationRequested) return await dispatcher.GetAsync(new GetJobRequest(id), CancellationToken.None);
            if (await WaitPartAsync(dispatcher, new WaitJobRequest(id, Math.Min(left, WaitPartMs)), over.Token) is not { } reply) continue;
            if (left <= WaitPartMs || reply.Job is not { Outcome: null }) return reply;
        }
    }

    private async Task<JobReply?> WaitPartAsync(IDispatcher dispatcher, WaitJobRequest part, CancellationToken over)
    {
        try
        {
            return await dispatcher.WaitAsync(part, over).WaitAsync(over);
        }
        catch (OperationCanceledException) when (connection.Gone.IsCancellationRequested)
        {
            return null;
        }
    }

    private Task<bool> SayResultAsync(Guid id, JobOutcome outcome)
    {
        var isSuccess = outcome.State == JobState.Succeeded;
        var block = ResultOf(outcome);
        connection.Records(1);
        return SayAsync($"{id} {(isSuccess ? 1 : 0)} {block.Length}", block);
    }

    /// <summary>What the worker gave; the message of a failure that came with nothing else, and nothing when nobody spoke.</summary>
    private static byte[] ResultOf(JobOutcome outcome)
    {
        if (outcome.Result is { } result) return WorkqPayload.FromJson(result);
        return outcome.Error is { } error && !IsLoss(error) ? Encoding.UTF8.GetBytes(error.Message) : [];
    }

    /// <summary>The attempt ended without a word of its worker.</summary>
    private static bool IsLoss(JobError? error) => error is { Code: "timeout" or "lost" };
}
