using System.Diagnostics.CodeAnalysis;

namespace Worcr.Client.Http;

/// <summary>Enqueues a stream of jobs in chunks: while some are under way, the next one is filled.</summary>
[SuppressMessage("Design", "CA1001", Justification = "RunAsync disposes of every batch.")]
internal sealed class BulkEnqueue(WorcrHttp http, WorcrClientOptions options)
{
    private readonly Queue<(EnqueueBatch Batch, Task<EnqueuedJob[]> Answer)> _underWay = new();
    private EnqueueBatch _filling = new();
    private long _stored;

    /// <summary>Enqueues all; returns how many.</summary>
    public async Task<long> RunAsync(IAsyncEnumerable<NewJob> jobs, Action<IReadOnlyList<EnqueuedJob>>? stored, CancellationToken cancel)
    {
        try
        {
            await foreach (var job in jobs.WithCancellation(cancel).ConfigureAwait(false))
            {
                if (Add(job)) continue;
                await SendAsync(stored, cancel).ConfigureAwait(false);
                Add(job);
            }

            if (_filling.Count > 0) await SendAsync(stored, cancel).ConfigureAwait(false);
            while (_underWay.Count > 0) await SettleAsync(stored).ConfigureAwait(false);
            return _stored;
        }
        finally
        {
            await AbandonAsync().ConfigureAwait(false);
        }
    }

    private bool Add(NewJob job)
    {
        var id = options.Idempotent ? Guid.CreateVersion7(options.TimeProvider.GetUtcNow()) : (Guid?)null;
        var json = job.Write(new JobExtras(id), options.Json);
        if (!_filling.Fits(json.Length, options.BatchSize)) return false;
        _filling.Add(json, null);
        return true;
    }

    private async Task SendAsync(Action<IReadOnlyList<EnqueuedJob>>? stored, CancellationToken cancel)
    {
        if (_underWay.Count >= options.EnqueuesUnderWay) await SettleAsync(stored).ConfigureAwait(false);
        var batch = _filling;
        _filling = new EnqueueBatch();
        _underWay.Enqueue((batch, http.EnqueueAsync(batch.Body, batch.Count, options.Idempotent, cancel)));
    }

    private async Task SettleAsync(Action<IReadOnlyList<EnqueuedJob>>? stored)
    {
        var (batch, answer) = _underWay.Dequeue();
        using (batch)
        {
            var jobs = await answer.ConfigureAwait(false);
            _stored += jobs.Length;
            stored?.Invoke(jobs);
        }
    }

    private async Task AbandonAsync()
    {
        _filling.Dispose();
        while (_underWay.TryDequeue(out var left))
        {
            using (left.Batch) await ((Task)left.Answer).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing); // an earlier chunk's error is on its way
        }
    }
}
