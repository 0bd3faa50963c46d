namespace Worcr.Client.Http;

/// <summary>
/// Puts the jobs of concurrent callers together: while requests are under way, what arrives gathers and goes in the next one. A lone
/// caller waits for nothing.
/// </summary>
internal sealed class EnqueueBatcher(WorcrHttp http, int batchSize, int mostUnderWay, bool idempotent) : IThreadPoolWorkItem
{
    /// <summary>So many jobs go in a request of their own while another one is under way; fewer wait for it.</summary>
    private const int WorthARequest = 32;

    private readonly Lock _gate = new();
    private readonly Queue<EnqueueBatch> _full = new();
    private EnqueueBatch? _open;
    private int _underWay;

    /// <summary>Adds a job; answered when it is stored.</summary>
    public Task<EnqueuedJob> AddAsync(ReadOnlySpan<byte> json)
    {
        var caller = new TaskCompletionSource<EnqueuedJob>(TaskCreationOptions.RunContinuationsAsynchronously);
        var isStart = false;
        lock (_gate)
        {
            if (_open is { } full && !full.Fits(json.Length, batchSize))
            {
                _full.Enqueue(full);
                _open = null;
            }

            (_open ??= new EnqueueBatch()).Add(json, caller);
            if (_underWay == 0 || (_underWay < mostUnderWay && _open.Count >= WorthARequest))
            {
                _underWay++;
                isStart = true;
            }
        }

        if (isStart) ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false); // those who come at the same time still join
        return caller.Task;
    }

    void IThreadPoolWorkItem.Execute() => _ = SendAllAsync();

    /// <summary>Sends a batch, and comes back behind the callers that it has woken: what they enqueue next goes together again.</summary>
    private async Task SendAllAsync()
    {
        if (Next() is not { } batch) return;
        using (batch) await SendAsync(batch).ConfigureAwait(false);
        ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
    }

    private EnqueueBatch? Next()
    {
        lock (_gate)
        {
            if (_full.TryDequeue(out var full)) return full;
            if (_open is not { } open)
            {
                _underWay--;
                return null;
            }

            _open = null;
            return open;
        }
    }

    private async Task SendAsync(EnqueueBatch batch)
    {
        try
        {
            batch.Answer(await http.EnqueueAsync(batch.Body, batch.Count, idempotent, CancellationToken.None).ConfigureAwait(false));
        }
        catch (WorcrException e) when (BadJobs.AreMeant(e))
        {
            await SettleApartAsync(batch, e).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            batch.Fail(e);
        }
    }

    /// <summary>The batch was refused for some bad jobs: each error reaches only its own caller, and all other jobs are stored.</summary>
    private async Task SettleApartAsync(EnqueueBatch batch, WorcrException why)
    {
        if (batch.Count == 1)
        {
            batch.Fail(0, BadJobs.Alone(why, 0));
            return;
        }

        var bad = BadJobs.Indexes(why, batch.Count);
        foreach (var index in bad) batch.Fail(index, BadJobs.Alone(why, index));
        if (bad.Count > 0)
        {
            await SendPartAsync(batch, index => !bad.Contains(index)).ConfigureAwait(false);
            return;
        }

        var middle = batch.Count / 2;
        await SendPartAsync(batch, index => index < middle).ConfigureAwait(false);
        await SendPartAsync(batch, index => index >= middle).ConfigureAwait(false);
    }

    private async Task SendPartAsync(EnqueueBatch batch, Func<int, bool> wanted)
    {
        using var part = batch.Part(wanted);
        if (part.Count > 0) await SendAsync(part).ConfigureAwait(false);
    }
}
