using System.Runtime.CompilerServices;
using Worcr.Client.Http;
using Worcr.Protocol;

namespace Worcr.Client;

/// <summary>Batches and families of jobs.</summary>
public sealed partial class WorcrClient
{
    /// <summary>
    /// Enqueues jobs that belong together, all or none, and what follows them; completes when they are stored. The batch has an id, so that a broken connection
    /// makes no second one.
    /// </summary>
    /// <param name="batch">The jobs and what follows them.</param>
    /// <param name="cancel">Ends the wait; the batch may have been made all the same.</param>
    /// <exception cref="WorcrException">The server refused a job or the batch; <see cref="WorcrException.Errors"/> names the fields.</exception>
    public async Task<EnqueuedBatch> EnqueueBatchAsync(NewBatch batch, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(batch);
        var body = BatchWriter.Write(batch, Guid.CreateVersion7(_options.TimeProvider.GetUtcNow()), _options.Json);
        var answer = await AskAsync(new HttpCall(HttpMethod.Post, "/batches", body), ProtocolJson.Default.BatchAnswer, cancel).ConfigureAwait(false);
        return new EnqueuedBatch(answer.Id, answer.Duplicate, [.. answer.Jobs.Select(job => new EnqueuedJob(job.Id, job.State, job.Duplicate))]);
    }

    /// <summary>The batch as it is now, or null when there is none.</summary>
    public Task<BatchDocument?> GetBatchAsync(Guid id, CancellationToken cancel = default) =>
        FindAsync(new HttpCall(HttpMethod.Get, $"/batches/{id}"), ProtocolJson.Default.BatchDocument, cancel);

    /// <summary>Batches, newest first; pages are read as they are needed.</summary>
    public async IAsyncEnumerable<BatchDocument> ListBatchesAsync([EnumeratorCancellation] CancellationToken cancel = default)
    {
        string? cursor = null;
        do
        {
            var query = cursor is null ? "" : "?cursor=" + Uri.EscapeDataString(cursor);
            var page = await AskAsync(new HttpCall(HttpMethod.Get, "/batches" + query), ProtocolJson.Default.BatchPage, cancel).ConfigureAwait(false);
            foreach (var batch in page.Items) yield return batch;
            cursor = page.Next;
        }
        while (cursor is not null);
    }

    /// <summary>Closes an open batch: no more jobs may join, and it is complete when all have ended.</summary>
    public Task<BatchDocument> CloseBatchAsync(Guid id, CancellationToken cancel = default) =>
        AskAsync(new HttpCall(HttpMethod.Post, $"/batches/{id}/close"), ProtocolJson.Default.BatchDocument, cancel);

    /// <summary>Closes a batch and cancels its jobs that have not ended.</summary>
    public Task<BatchDocument> CancelBatchAsync(Guid id, CancellationToken cancel = default) =>
        AskAsync(new HttpCall(HttpMethod.Delete, $"/batches/{id}"), ProtocolJson.Default.BatchDocument, cancel);

    /// <summary>
    /// Enqueues children of a job that has not ended, all or none; <see cref="JobContext.EnqueueChildrenAsync"/> does it for the job that a handler runs. Each has an id,
    /// so that a broken connection makes no second one.
    /// </summary>
    /// <param name="parent">The job.</param>
    /// <param name="children">Its children, at most 10,000 and 16 MiB.</param>
    /// <param name="cancel">Ends the wait; they may have been enqueued all the same.</param>
    /// <exception cref="WorcrException">There is no such parent (404), it has ended (409), or the server refused a child; then none is enqueued.</exception>
    public async Task<IReadOnlyList<EnqueuedJob>> EnqueueChildrenAsync(Guid parent, IReadOnlyCollection<NewJob> children, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(children);
        if (children.Count == 0) return [];
        using var batch = new EnqueueBatch();
        foreach (var child in children) batch.Add(child.Write(new JobExtras(Guid.CreateVersion7(_options.TimeProvider.GetUtcNow()), parent), _options.Json), null);
        return await _http.EnqueueAsync(batch.Body, batch.Count, isIdempotent: true, cancel).ConfigureAwait(false);
    }
}
