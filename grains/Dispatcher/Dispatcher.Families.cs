using System.Globalization;
using Worcr.Core.Retry;
using Worcr.Core.Schedules;
using Worcr.Grains.Batches;
using Worcr.Grains.Jobs;

namespace Worcr.Grains;

/// <summary>
/// Jobs with children. The children of a job are an open batch that comes with the first of them and is closed by the parent's end; its callback is the job
/// that the parent names as <c>then</c>. When all have ended nothing of it is left, so that there are as many families as parents that live or whose children do.
/// </summary>
public sealed partial class Dispatcher
{
    private const int MaxFamilies = 100_000;

    private readonly Dictionary<Guid, BatchGrain> _families = [];
    private readonly Queue<Job> _thens = new();

    /// <summary>Makes the job one of its parent's children.</summary>
    private void Adopt(Job job, ClaimTable? table)
    {
        if (job.Options.Parent is not { } id) return;
        if (Find(id) is { } living) Need(living.RowFlush); // no child is durable before what its parent is now, if only because somebody revived it
        if (!_families.TryGetValue(id, out var family) && LiveParent(id, table) is { } parent) family = Found(parent);
        if (family is not null) job.Options = job.Options with { Batch = family.Id };
    }

    private BatchGrain Found(Job parent)
    {
        var life = _chance.NextInt64();
        var id = OccurrenceId.Create(_ownership.Name, string.Create(CultureInfo.InvariantCulture, $"family/{life:x16}/{parent.Id:n}"), _now);
        var definition = new BatchDefinition(id, life, _now) { Parent = parent.Id, OnComplete = parent.Options.Then };
        var family = new BatchGrain(definition, new BatchState { IsOpen = true });
        _batches.Add(id, family);
        _families.Add(parent.Id, family);
        _work.Flush.Resources.Add(new ResourceChange(BatchDefinition.Kind, id.ToString(), definition.Encode()));
        return family;
    }

    private void RecoverFamily(Guid parent, BatchGrain family)
    {
        _families.Add(parent, family);
        if (family.State is { ParentWaits: true, Pending: 0 }) Change(family, s => s);
    }

    /// <summary>A job has ended: what it names comes at once, or with the end of its last child.</summary>
    private void EndParent(Job row)
    {
        if (_families.TryGetValue(row.Id, out var family)) Change(family, s => s with { IsOpen = false, ParentWaits = false });
        else if (row.Options.Then is not null) _thens.Enqueue(row);
    }

    private void SettleThens()
    {
        while (_thens.TryDequeue(out var row))
        {
            if (_templates.Create(row.Options.Then!, _now) is not { } job) continue;
            job.Id = OccurrenceId.Create(_ownership.Name, $"then/{row.Id:n}", row.CreatedAt);
            job.HasClientId = true;
            Accept(job);
        }
    }

    private void SettleFamily(BatchGrain family)
    {
        var state = family.State;
        if (state.FinishedAt > 0)
        {
            _batches.Remove(family.Id);
            _families.Remove(family.Definition.Parent!.Value);
            Erase(family);
        }
        else if (state is { ParentWaits: true, Pending: 0 })
        {
            WakeParent(family);
        }
    }

    /// <summary>A finished job lives again: what it named comes once only, so it is not named any more when it has come.</summary>
    private void ReopenFamily(Job row)
    {
        if (_families.TryGetValue(row.Id, out var family)) Change(family, s => s with { IsOpen = true });
        else if (row.Options.Then is not null) row.Options = row.Options with { Then = null };
    }

    /// <summary>Until its children have ended the job waits as those do that come after others; at once ready when none is pending.</summary>
    private void YieldUntilChildren(JobGrain grain, JobError? error)
    {
        if (!_families.TryGetValue(grain.Row.Id, out var family) || family.State.Pending == 0 || IsPast(grain.Row))
        {
            Continue(grain, RetryDecision.Now, Outcomes.Yield, error);
            return;
        }

        Change(family, s => s with { ParentWaits = true });
        ReturnWaiting(grain, error);
    }

    private void WakeParent(BatchGrain family)
    {
        if (family.State is not { ParentWaits: true, Pending: 0 }) return;
        var parent = family.Definition.Parent!.Value;
        if (Find(parent) is { } grain)
        {
            ReleaseLive(grain, isDoomed: false);
            Change(family, s => s with { ParentWaits = false });
            return;
        }

        FindCold(
            parent,
            found: stored =>
            {
                if (family.State is not { ParentWaits: true, Pending: 0 }) return;
                if (stored.Job is { State: JobState.Scheduled, DueAt: Job.WaitsForJobs }) WakeCold(stored.Job);
                Change(family, s => s with { ParentWaits = false });
            },
            again: () => WakeParent(family),
            unknown: () => { });
    }

    private ChildCounts? ChildrenOf(Guid id) =>
        _families.TryGetValue(id, out var family) ? new ChildCounts(family.State.Pending, family.State.Succeeded, family.State.Failed) : null;
}
