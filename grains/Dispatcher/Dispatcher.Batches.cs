using Worcr.Grains.Batches;

namespace Worcr.Grains;

/// <summary>Batches: jobs that belong together, and what operators and producers say of them.</summary>
public sealed partial class Dispatcher
{
    private const int MaxOpenBatches = 100_000;

    private readonly Dictionary<Guid, BatchGrain> _batches = [];

    private void Batches(Envelope envelope, BatchRequest request)
    {
        switch (request)
        {
            case BatchRequest.Create create: Answer(envelope, CreateBatch(create)); break;
            case BatchRequest.Read read: Answer(envelope, OneBatch(read.Id, _ => { })); break;
            case BatchRequest.Close close: Answer(envelope, OneBatch(close.Id, CloseBatch)); break;
            case BatchRequest.Reopen reopen: Answer(envelope, ReopenBatch(reopen.Id)); break;
            case BatchRequest.Cancel cancel: CancelBatch(envelope, cancel.Id); break;
            case BatchRequest.List list: Answer(envelope, BatchPage(list)); break;
            default: throw new NotSupportedException($"No dispatcher understands {request.GetType()}.");
        }
    }

    private BatchReply BatchPage(BatchRequest.List list)
    {
        var after = list.After ?? new BatchPosition(long.MaxValue, default);
        var page = _batches.Values
            .Where(b => b.Definition.Parent is null && after.IsBefore(b.Definition.CreatedAt, b.Id))
            .OrderByDescending(b => b.Definition.CreatedAt).ThenBy(b => b.Id)
            .Take(list.Limit + 1)
            .Select(ViewOf)
            .ToArray();
        if (page.Length <= list.Limit) return new BatchReply(page);
        var last = page[list.Limit - 1];
        return new BatchReply(page[..list.Limit]) { Next = new BatchPosition(last.CreatedAt, last.Id) };
    }

    private BatchReply CreateBatch(BatchRequest.Create create)
    {
        if (_draining) return new BatchReply([], new Refusal(RefusalKind.Draining, "The silo is draining.", RetryAfterMs: 1_000));
        if (_batches.TryGetValue(create.Id, out var known)) return new BatchReply([ViewOf(known)]);
        if (_batches.Count >= MaxOpenBatches && _batches.Values.Count(b => b.State.FinishedAt == 0) >= MaxOpenBatches)
            return new BatchReply([], new Refusal(RefusalKind.Overloaded, $"There are {MaxOpenBatches} unfinished batches already.", RetryAfterMs: 1_000));
        var first = _lastSeq + 1;
        var definition = new BatchDefinition(create.Id, _chance.NextInt64(), _now)
        {
            Name = create.Name,
            OnSuccess = create.OnSuccess,
            OnFailure = create.OnFailure,
            OnComplete = create.OnComplete,
            Nodes = [.. create.After.Select((after, i) => new BatchNode(first + i, after))],
        };
        var batch = new BatchGrain(definition, new BatchState { IsOpen = true });
        _batches.Add(create.Id, batch);
        _work.Flush.Resources.Add(new ResourceChange(BatchDefinition.Kind, create.Id.ToString(), definition.Encode()));
        var answers = create.Jobs.Select((job, i) => AcceptMember(batch, job, waits: create.After.Count > 0 && create.After[i].Length > 0)).ToArray();
        Change(batch, s => s with { IsOpen = create.IsOpen });
        return new BatchReply([ViewOf(batch)]) { Jobs = answers, Created = true };
    }

    private EnqueuedJob AcceptMember(BatchGrain batch, Job job, bool waits)
    {
        job.Options = job.Options with { Batch = batch.Id };
        if (waits) job.DueAt = Job.WaitsForJobs;
        return Accept(job);
    }

    private BatchReply OneBatch(Guid id, Action<BatchGrain> change)
    {
        if (BatchOf(id) is not { } batch) return NoBatch();
        change(batch);
        return new BatchReply([ViewOf(batch)]);
    }

    /// <summary>A batch that somebody made; families are nobody's to read or close.</summary>
    private BatchGrain? BatchOf(Guid id) => _batches.TryGetValue(id, out var batch) && batch.Definition.Parent is null ? batch : null;

    private static BatchReply NoBatch() => new([], new Refusal(RefusalKind.NotFound, "There is no such batch."));

    private void CloseBatch(BatchGrain batch)
    {
        if (batch.State.IsOpen) Change(batch, s => s with { IsOpen = false });
    }

    private BatchReply ReopenBatch(Guid id)
    {
        if (BatchOf(id) is not { } batch) return NoBatch();
        if (batch.State.FinishedAt > 0) return new BatchReply([ViewOf(batch)], new Refusal(RefusalKind.IllegalTransition, "The batch has finished."));
        if (!batch.State.IsOpen) Change(batch, s => s with { IsOpen = true });
        return new BatchReply([ViewOf(batch)]);
    }

    private void CancelBatch(Envelope envelope, Guid id)
    {
        if (BatchOf(id) is not { } batch)
        {
            Answer(envelope, NoBatch());
            return;
        }

        CloseBatch(batch);
        CancelMembers(envelope, batch, batch.State.FirstSeq - 1, 0);
    }

    /// <summary>Page by page over the store, as bulk actions do; what was touched meanwhile is looked at again.</summary>
    private void CancelMembers(Envelope envelope, BatchGrain batch, long cursor, int passedOver)
    {
        var query = new JobQuery { Ownership = _ownership, States = StatesFor(BulkAction.Discard), Cursor = cursor, Ascending = true, Limit = BulkPage };
        ReadCold((store, cancel) => store.QueryAsync(query, cancel), page =>
        {
            foreach (var stored in page.Jobs.Where(s => s.Job.Options.Batch == batch.Id)) passedOver += CancelMember(stored.Job) ? 0 : 1;
            var isOver = page.Next is not { } next || next > batch.State.LastSeq;
            if (!isOver) CancelMembers(envelope, batch, page.Next!.Value, passedOver);
            else if (passedOver > 0 && !envelope.Cancel.IsCancellationRequested) CancelMembers(envelope, batch, batch.State.FirstSeq - 1, 0);
            else Answer(envelope, new BatchReply([ViewOf(batch)]));
        });
    }

    private bool CancelMember(Job job)
    {
        if (_jobs.TryGetValue(job.Seq, out var grain)) Cancel(grain);
        else if (WasTouched(job.Seq)) return false;
        else FinishCold(job, JobState.Cancelled);
        return true;
    }

    /// <summary>Why jobs cannot join the batches that they name, or null.</summary>
    private Refusal? BatchRefusalOf(IReadOnlyList<Job> jobs)
    {
        for (var i = 0; i < jobs.Count; i++)
        {
            if (jobs[i].Options.Batch is not { } id) continue;
            if (BatchOf(id) is not { } batch) return new Refusal(RefusalKind.Invalid, "names no batch", $"jobs[{i}].batch");
            if (!batch.State.IsOpen) return new Refusal(RefusalKind.IllegalTransition, "The batch is closed.", $"jobs[{i}].batch");
        }

        return null;
    }

    private BatchView ViewOf(BatchGrain batch)
    {
        var state = batch.State;
        return new BatchView(batch.Id, batch.Definition.Name, state.IsOpen, state.Pending, state.Succeeded, state.Failed, batch.Definition.CreatedAt, state.FinishedAt)
        {
            OnSuccess = CallbackOf(batch, BatchCallback.Success),
            OnFailure = CallbackOf(batch, BatchCallback.Failure),
            OnComplete = CallbackOf(batch, BatchCallback.Complete),
        };
    }

    private Guid? CallbackOf(BatchGrain batch, BatchCallback callback) =>
        batch.State.Fired.HasFlag(callback) && batch.TemplateOf(callback) is not null ? batch.IdOf(_ownership.Name, callback) : null;
}
