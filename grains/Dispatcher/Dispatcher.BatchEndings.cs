using Worcr.Grains.Batches;
using Worcr.Grains.Jobs;

namespace Worcr.Grains;

/// <summary>
/// What the ends of members do to their batches: counts, callbacks, jobs that waited for them. A batch's state is written in the flush of the endings that it
/// counts and of the callbacks that it fires; so each callback is enqueued once, whatever crashes. Jobs that wait are made ready (or cancelled) by a
/// flush of their own; after a crash in between, the state still says that they wait.
/// </summary>
public sealed partial class Dispatcher
{
    private const string DependencyError = "dependency";

    private readonly Queue<BatchGrain> _changedBatches = new();

    private void Join(Job job)
    {
        if (job.Options.Batch is not { } id || !_batches.TryGetValue(id, out var batch)) return;
        Change(batch, s => s with { Pending = s.Pending + 1, FirstSeq = s.FirstSeq == 0 ? job.Seq : s.FirstSeq, LastSeq = job.Seq });
    }

    private void LeaveBatch(Job row, JobState state)
    {
        if (row.Options.Batch is not { } id || !_batches.TryGetValue(id, out var batch)) return;
        var isSuccess = state == JobState.Succeeded;
        batch.ToRelease.AddRange(batch.Graph.End(row.Seq, isSuccess));
        Change(batch, s => s with { Pending = s.Pending - 1, Succeeded = s.Succeeded + (isSuccess ? 1 : 0), Failed = s.Failed + (isSuccess ? 0 : 1) });
    }

    /// <summary>A finished member lives again: it is counted again, and callbacks that were enqueued are not again.</summary>
    private void ReturnToBatch(Job finished)
    {
        if (finished.Options.Batch is not { } id || !_batches.TryGetValue(id, out var batch)) return;
        var isSuccess = finished.State == JobState.Succeeded;
        Change(batch, s => s with { Pending = s.Pending + 1, Succeeded = s.Succeeded - (isSuccess ? 1 : 0), Failed = s.Failed - (isSuccess ? 0 : 1), FinishedAt = 0 });
    }

    private void Change(BatchGrain batch, Func<BatchState, BatchState> change)
    {
        batch.State = change(batch.State);
        if (batch.StateFlush != _work.Number) _work.Needs = Math.Max(_work.Needs, batch.StateFlush);
        batch.StateFlush = _work.Number;
        if (batch.IsChanged) return;
        batch.IsChanged = true;
        _changedBatches.Enqueue(batch);
    }

    /// <summary>Does what follows from the changes, in the flush that holds them.</summary>
    private void SettleBatches()
    {
        SettleThens();
        while (_changedBatches.TryDequeue(out var batch))
        {
            batch.IsChanged = false;
            if (!_batches.ContainsKey(batch.Id))
            {
                Erase(batch);
                continue;
            }

            foreach (var callback in (ReadOnlySpan<BatchCallback>)[BatchCallback.Failure, BatchCallback.Success, BatchCallback.Complete]) Fire(batch, callback);
            var state = batch.State;
            var isFinished = state is { IsOpen: false, Pending: 0 };
            batch.State = state with { FinishedAt = !isFinished ? 0 : state.FinishedAt == 0 ? _now : state.FinishedAt, Nodes = batch.Graph.Standing };
            _work.Flush.Resources.Add(new ResourceChange(BatchState.Kind, batch.Id.ToString(), batch.State.Encode()));
            if (batch.Definition.Parent is not null) SettleFamily(batch);
            SettleThens();
            if (batch.ToRelease.Count == 0) continue;
            int[] nodes = [.. batch.ToRelease.Distinct()];
            batch.ToRelease.Clear();
            Release(batch, nodes);
        }
    }

    private void Erase(BatchGrain batch)
    {
        _work.Flush.Resources.Add(new ResourceChange(BatchDefinition.Kind, batch.Id.ToString(), null));
        _work.Flush.Resources.Add(new ResourceChange(BatchState.Kind, batch.Id.ToString(), null));
    }

    private void Fire(BatchGrain batch, BatchCallback callback)
    {
        if (!batch.Due.HasFlag(callback)) return;
        batch.State = batch.State with { Fired = batch.State.Fired | callback };
        if (batch.TemplateOf(callback) is not { } template || _templates.Create(template, _now) is not { } job) return;
        job.Id = batch.IdOf(_ownership.Name, callback);
        job.HasClientId = true;
        Accept(job);
    }

    /// <summary>Makes nodes ready whose predecessors have succeeded, and cancels those of which one has not.</summary>
    private void Release(BatchGrain batch, int[] nodes)
    {
        long[] seqs = [.. nodes.Select(batch.Graph.SeqOf)];
        ReadCold((store, cancel) => store.ReadJobsAsync(seqs, cancel), rows =>
        {
            var found = rows.ToDictionary(r => r.Seq);
            int[] again = [.. nodes.Where(n => !TryRelease(batch, n, found.GetValueOrDefault(batch.Graph.SeqOf(n))))];
            if (again.Length > 0) Release(batch, again);
        });
    }

    /// <summary>False when the job was touched since it was read: then it is read again.</summary>
    private bool TryRelease(BatchGrain batch, int node, Job? row)
    {
        var seq = batch.Graph.SeqOf(node);
        var isDoomed = batch.Graph.IsDoomed(node);
        if (_jobs.TryGetValue(seq, out var grain)) ReleaseLive(grain, isDoomed);
        else if (WasTouched(seq)) return false;
        else if (row is { State: JobState.Scheduled, DueAt: Job.WaitsForJobs }) ReleaseCold(row, isDoomed);
        batch.Graph.Release(node);
        Change(batch, s => s);
        return true;
    }

    private void ReleaseLive(JobGrain grain, bool isDoomed)
    {
        if (grain is not { State: JobState.Scheduled, Row.DueAt: Job.WaitsForJobs }) return;
        if (isDoomed) Finish(grain, JobState.Cancelled, null, Doomed());
        else BecomeReady(grain);
    }

    private void ReleaseCold(Job row, bool isDoomed)
    {
        if (isDoomed) FinishCold(row, JobState.Cancelled, Doomed());
        else WakeCold(row);
    }

    private static JobError Doomed() => new(DependencyError, "A job that it waited for did not succeed.");

    /// <summary>What follows from what was written is done again where it was not.</summary>
    private void RecoverBatches(IReadOnlyList<ResourceChange> resources)
    {
        var states = resources.Where(r => r.Kind == BatchState.Kind).ToDictionary(r => r.Name, r => BatchState.Decode(r.Body!));
        foreach (var resource in resources.Where(r => r.Kind == BatchDefinition.Kind))
        {
            var batch = new BatchGrain(BatchDefinition.Decode(resource.Body!), states[resource.Name]);
            _batches.Add(batch.Id, batch);
            if (batch.Definition.Parent is { } parent) RecoverFamily(parent, batch);
            batch.ToRelease.AddRange(batch.Graph.Due());
            if (batch.ToRelease.Count > 0) Change(batch, s => s);
        }
    }

    /// <summary>Batches that finished before this time are forgotten, as their jobs are.</summary>
    private void ForgetBatches(long before)
    {
        foreach (var batch in _batches.Values.Where(b => b.State.FinishedAt > 0 && b.State.FinishedAt < before && !b.IsChanged).ToArray())
        {
            Change(batch, s => s);
            _batches.Remove(batch.Id);
        }
    }
}
