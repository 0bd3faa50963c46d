using Worcr.Grains.Jobs;

namespace Worcr.Grains;

/// <summary>The parents that new jobs name: in memory, or looked up in the store as the holders of unique keys are.</summary>
public sealed partial class Dispatcher
{
    private static readonly Refusal TooManyFamilies = new(RefusalKind.Overloaded, $"There are {MaxFamilies} jobs with children already.", RetryAfterMs: 1_000);

    /// <summary>The row of a job that can have children now, or null.</summary>
    private Job? LiveParent(Guid id, ClaimTable? table)
    {
        if (Find(id) is { } grain) return grain.Row;
        return table?.ParentOf(id) is { } row && !row.State.IsFinal() && !WasTouched(row.Seq) ? row : null;
    }

    /// <summary>Parents that have to be read.</summary>
    private Guid[] ColdParents(Claimant[] batch) =>
        [.. batch.SelectMany(c => c.Jobs).Select(j => j.Options.Parent).OfType<Guid>().Distinct().Where(id => Find(id) is null)];

    private bool IsFresh(Guid parent, ClaimTable table) => table.WasSought(parent) && (table.ParentOf(parent) is not { } row || !WasTouched(row.Seq));

    private async Task<Job?[]> ReadParentsAsync(IJobStore store, Guid[] parents, CancellationToken cancel)
    {
        var found = new Job?[parents.Length];
        for (var i = 0; i < found.Length; i++) found[i] = (await store.FindAsync(new FindJob(_ownership, parents[i]), cancel))?.Job;
        return found;
    }

    /// <summary>Why jobs cannot be children of the jobs that they name, or null.</summary>
    private Refusal? ParentRefusalOf(IReadOnlyList<Job> jobs, ClaimTable? table, FamilyOrder? order = null)
    {
        if (order?.Cycle is { Count: > 0 } cycle)
            return new Refusal(RefusalKind.Invalid, $"jobs are their own ancestors: {string.Join(" child of ", cycle.Select(i => jobs[i].Id))}", $"jobs[{cycle[0]}].parent");
        for (var i = 0; i < jobs.Count; i++)
        {
            if (jobs[i].Options.Parent is not { } id || (table is not null && IsKnown(jobs[i], table))) continue;
            var field = $"jobs[{i}].parent";
            if (order?.ParentOf(i) is { } inRequest)
            {
                if (jobs[inRequest].Options.Unique is not null) return new Refusal(RefusalKind.Invalid, "names a job of the same request that has a unique key: whether it is enqueued is not sure", field);
                if (_families.Count >= MaxFamilies) return TooManyFamilies;
                continue;
            }

            if (LiveParent(id, table) is null)
            {
                var isUnknown = table is null || (table.WasSought(id) && table.ParentOf(id) is null);
                return isUnknown ? new Refusal(RefusalKind.NotFound, "There is no such parent.", field) : new Refusal(RefusalKind.IllegalTransition, "The parent has finished.", field);
            }

            if (_families.Count >= MaxFamilies && !_families.ContainsKey(id)) return TooManyFamilies;
        }

        return null;
    }
}
