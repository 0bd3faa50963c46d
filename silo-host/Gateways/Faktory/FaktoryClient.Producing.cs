using System.Text.Json;
using Worcr.Protocol;

namespace Worcr.SiloHost.Gateways.Faktory;

/// <summary>What producers ask: PUSH and PUSHB.</summary>
internal sealed partial class FaktoryClient
{
    private static ReadOnlySpan<byte> PushVerb => "PUSH "u8;

    /// <summary>PUSH, and those that the client has sent behind it: they go to the dispatcher together, each with an answer of its own.</summary>
    private async Task<bool> PushAsync(FaktoryRequest request)
    {
        List<FaktoryPush> pushes = [FaktoryPush.Read(request.Argument, around.Now)];
        while (pushes.Count < FaktoryBounds.Together && TryTake(PushVerb, out var next)) pushes.Add(FaktoryPush.Read(next.Argument, around.Now));
        var taken = pushes.Where(push => push.Job is not null).ToList();
        for (var from = 0; from < taken.Count;)
        {
            var run = Run(taken, from);
            await TryAsync(run, () => PushAsync(run));
            from += run.Count;
        }

        return await AnswerAsync(pushes.Select(push => push.Refusal));
    }

    /// <summary>Pushes that may go in one request: neighbours of one batch without a key.</summary>
    private static List<FaktoryPush> Run(List<FaktoryPush> pushes, int from)
    {
        var batch = pushes[from].Job!.Options.Batch;
        var count = 1;
        if (pushes[from].Job!.Options.Unique is null)
        {
            while (from + count < pushes.Count && pushes[from + count].Job!.Options is { Unique: null } options && options.Batch == batch) count++;
        }

        return pushes.GetRange(from, count);
    }

    private async Task PushAsync(List<FaktoryPush> run)
    {
        var dispatcher = await around.DispatcherAsync();
        if (run is [var one])
        {
            await PushAsync(dispatcher, one.Job!);
            return;
        }

        var reply = await dispatcher.EnqueueAsync(new EnqueueRequest([.. run.Select(push => push.Job!.Copy())]), CancellationToken.None);
        for (var i = 0; i < run.Count; i++)
        {
            var push = run[i];
            if (reply.Refusal is null && !(reply.Jobs[i].Duplicate && IsGone(reply.Jobs[i].State))) continue;
            await TryAsync([push], () => PushAsync(dispatcher, push.Job!)); // all were refused: whose fault that was shows one by one
        }
    }

    private static async Task TryAsync(IReadOnlyList<FaktoryPush> pushes, Func<Task> push)
    {
        try
        {
            await push();
        }
        catch (Exception error) when (error is FaktoryException or DispatcherUnavailableException)
        {
            foreach (var one in pushes) one.Refusal = error;
        }
    }

    private async Task<bool> PushManyAsync(FaktoryRequest request)
    {
        using var json = FaktoryJson.Parse(request.Argument);
        if (json.RootElement.ValueKind != JsonValueKind.Array) throw FaktoryException.Json("an array of jobs is needed");
        var refused = new SortedDictionary<string, string>(StringComparer.Ordinal);
        var jobs = new List<(string Jid, Job Job)>();
        foreach (var element in json.RootElement.EnumerateArray()) ReadOne(element, jobs, refused);
        var dispatcher = await around.DispatcherAsync();
        foreach (var batch in jobs.Where(j => j.Job.Options.Unique is null).GroupBy(j => j.Job.Options.Batch))
        {
            foreach (var part in batch.Chunk(WireLimits.JobsPerRequest)) await PushPartAsync(dispatcher, part, refused);
        }

        foreach (var (jid, job) in jobs.Where(j => j.Job.Options.Unique is not null)) await TryAsync([jid], refused, () => PushAsync(dispatcher, job));
        return await connection.SayAsync(JsonSerializer.SerializeToUtf8Bytes(refused));
    }

    private void ReadOne(JsonElement element, List<(string Jid, Job Job)> jobs, SortedDictionary<string, string> refused)
    {
        var jid = FaktoryJobReader.JidOf(element);
        try
        {
            jobs.Add((jid, FaktoryJobReader.Read(element, around.Now)));
        }
        catch (FaktoryException error)
        {
            refused[jid] = error.Message;
        }
    }

    private static async Task PushPartAsync(IDispatcher dispatcher, (string Jid, Job Job)[] part, SortedDictionary<string, string> refused)
    {
        EnqueueReply? reply = null;
        await TryAsync(part.Select(p => p.Jid), refused, async () =>
        {
            reply = await dispatcher.EnqueueAsync(new EnqueueRequest([.. part.Select(p => p.Job.Copy())]), CancellationToken.None);
            if (reply.Refusal is { } refusal) throw FaktoryException.Of(refusal);
        });
        if (reply is not { Refusal: null }) return;
        for (var i = 0; i < part.Length; i++)
        {
            if (!reply.Jobs[i].Duplicate || !IsGone(reply.Jobs[i].State)) continue;
            var (jid, job) = part[i];
            await TryAsync([jid], refused, () => PushAsync(dispatcher, job));
        }
    }

    private static async Task TryAsync(IEnumerable<string> jids, SortedDictionary<string, string> refused, Func<Task> push)
    {
        try
        {
            await push();
        }
        catch (FaktoryException error)
        {
            foreach (var jid in jids) refused[jid] = error.Message;
        }
    }

    /// <summary>Enqueues a job. A jid that is known means the same job; one that only a job of the past has is free.</summary>
    private static async Task PushAsync(IDispatcher dispatcher, Job job)
    {
        while (true)
        {
            var reply = await dispatcher.EnqueueAsync(new EnqueueRequest([job.Copy()]), CancellationToken.None);
            if (reply.Refusal is { } refusal) throw FaktoryException.Of(refusal);
            if (!reply.Jobs[0].Duplicate || !IsGone(reply.Jobs[0].State)) return;
            var removed = await dispatcher.RemoveAsync(new RemoveJobRequest(job.Id, RemoveWhen.Over), CancellationToken.None);
            if (removed.Refusal is { Kind: not RefusalKind.NotFound } kept) throw FaktoryException.Of(kept);
        }
    }

    private static bool IsGone(JobState state) => state is JobState.Cancelled or JobState.Discarded or JobState.Expired;
}
