namespace Worcr.SiloHost.Gateways.Workq;

/// <summary>What producers ask: <c>add</c>, <c>schedule</c>, <c>run</c>, <c>result</c>, <c>delete</c>.</summary>
internal sealed partial class WorkqClient
{
    private Task<bool> AddAsync(WorkqCommand.Add add) => WithBlockAsync(add.Size, WorkqErrors.PayloadSize, async payload =>
    {
        var expiresAt = MomentAfter(add.Time ?? around.Now, add.Ttl);
        if (add.Time is not null && expiresAt > 0 && expiresAt <= around.Now) return await SayAsync(WorkqErrors.Client(WorkqErrors.Time));
        var meta = new WorkqMeta(add.Ttl, add.Job.MaxFails, add.Time is { } time ? WorkqTime.Text(time) : null);
        var refusal = await EnqueueAsync(NewJob(add.Job, payload, meta, expiresAt, dueAt: add.Time ?? 0));
        return await SayAsync(refusal ?? "+OK");
    });

    private Task<bool> RunAsync(WorkqCommand.Run run) => WithBlockAsync(run.Size, WorkqErrors.PayloadSize, async payload =>
    {
        var ttl = run.Wait + run.Job.Ttr;
        var job = NewJob(run.Job, payload, new WorkqMeta((ulong)ttl, 0, null), MomentAfter(around.Now, (ulong)ttl), dueAt: 0);
        if (await EnqueueAsync(job) is { } refusal) return await SayAsync(refusal);
        try
        {
            return await AwaitRunAsync(run, await DispatcherAsync());
        }
        catch (OperationCanceledException) when (connection.Draining.IsCancellationRequested)
        {
            await (await DispatcherAsync()).RemoveAsync(new RemoveJobRequest(run.Job.Id, RemoveWhen.Known), CancellationToken.None);
            return await SayAsync(WorkqErrors.Server(WorkqErrors.Draining));
        }
    });

    /// <summary>Waits for a worker as long as the client says, and then for its answer up to the end of the TTR; whatever came of it, the job is gone before the client hears of it.</summary>
    private async Task<bool> AwaitRunAsync(WorkqCommand.Run run, IDispatcher dispatcher)
    {
        var (id, now) = (run.Job.Id, around.Now);
        var reply = await WaitAsync(dispatcher, id, run.Wait);
        if (reply.Job is { Outcome: null })
        {
            var removed = await dispatcher.RemoveAsync(new RemoveJobRequest(id, RemoveWhen.Waiting), CancellationToken.None);
            if (removed.Refusal is not { Kind: RefusalKind.IllegalTransition }) return await SayAsync(WorkqErrors.TimedOut);
            reply = await WaitAsync(dispatcher, id, run.Wait + run.Job.Ttr + TtrGraceMs - (around.Now - now));
        }

        await dispatcher.RemoveAsync(new RemoveJobRequest(id, RemoveWhen.Known), CancellationToken.None);
        return reply.Job is { Outcome: { } outcome } && outcome.State is JobState.Succeeded or JobState.Dead && !IsLoss(outcome.Error)
            ? await SayResultAsync(id, outcome)
            : await SayAsync(WorkqErrors.TimedOut);
    }

    private async Task<bool> ResultAsync(WorkqCommand.Result request)
    {
        var dispatcher = await DispatcherAsync();
        JobReply reply;
        try
        {
            reply = await WaitAsync(dispatcher, request.Id, request.Wait);
        }
        catch (OperationCanceledException) when (connection.Draining.IsCancellationRequested)
        {
            return await SayAsync(WorkqErrors.Server(WorkqErrors.Draining));
        }

        if (reply.Job is not { ResultExpired: false } view || view.IsOver(around.Now)) return await SayAsync(WorkqErrors.NotFound);
        return view.Outcome is { } outcome ? await SayResultAsync(request.Id, outcome) : await SayAsync(WorkqErrors.TimedOut);
    }

    private async Task<bool> DeleteAsync(WorkqCommand.Delete request)
    {
        if (!WorkqId.IsPossible(request.Id)) return await SayAsync("+OK");
        var dispatcher = await DispatcherAsync();
        var reply = await dispatcher.RemoveAsync(new RemoveJobRequest(request.Id, RemoveWhen.Known), CancellationToken.None);
        return await SayAsync(reply.Refusal is null ? "+OK" : WorkqErrors.NotFound);
    }

    /// <summary>Enqueues a job; null, or what to tell the client. An id that only a job of the past has is free.</summary>
    private async Task<string?> EnqueueAsync(Job job)
    {
        around.Names.Use(job.Shape.Type);
        var dispatcher = await DispatcherAsync();
        while (true)
        {
            var reply = await dispatcher.EnqueueAsync(new EnqueueRequest([job.Copy()]), CancellationToken.None);
            if (reply.Refusal is { } refusal) return WorkqErrors.Server(refusal.Detail);
            if (!reply.Jobs[0].Duplicate) return null;
            var removed = await dispatcher.RemoveAsync(new RemoveJobRequest(job.Id, RemoveWhen.Over), CancellationToken.None);
            if (removed.Refusal is { Kind: not RefusalKind.NotFound }) return WorkqErrors.Client(WorkqErrors.DuplicateJob);
        }
    }

    private static Job NewJob(WorkqJob job, byte[] payload, WorkqMeta meta, long expiresAt, long dueAt) => new()
    {
        Id = job.Id,
        HasClientId = true,
        Shape = new LaneShape(job.Name, "", "default", [], 1, 0, null),
        Priority = job.Priority,
        Args = WorkqPayload.ToJson(payload),
        DueAt = dueAt,
        ExpiresAt = expiresAt,
        Options = new JobOptions
        {
            TimeoutMs = job.Ttr,
            Retry = new RetryPolicy { MaxAttempts = job.MaxAttempts, MaxFails = Math.Max(1, job.MaxFails), Backoff = Backoff.Fixed, BaseMs = 0, Jitter = 0 },
            Meta = meta.ToJson(),
        },
    };

    /// <summary>0, which is never, for a moment that cannot be named.</summary>
    private static long MomentAfter(long start, ulong ms) => ms <= (ulong)(WorkqBounds.LastMoment - start) ? start + (long)ms : 0;
}
