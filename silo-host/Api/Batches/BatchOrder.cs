using Worcr.SiloHost.Api.Enqueue;

namespace Worcr.SiloHost.Api.Batches;

/// <summary>From the names that jobs of a batch wait for to their places. Unknown names, names that are there twice and cycles are faults.</summary>
internal static class BatchOrder
{
    /// <summary>How many jobs a batch with an order may have.</summary>
    public const int MaxJobs = 1_000;

    /// <summary>For each job the places of those before it; empty when none waits.</summary>
    public static Fault? Read(IReadOnlyList<BatchMember> members, out IReadOnlyList<int[]> after)
    {
        after = [];
        var places = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i < members.Count; i++)
        {
            if (members[i].Name is { } name && !places.TryAdd(name, i)) return FieldChecks.Invalid($"jobs[{i}].name", $"'{name}' is there twice");
        }

        if (members.All(m => m.After.Count == 0)) return null;
        if (members.Count > MaxJobs) return FieldChecks.Invalid("jobs", $"at most {MaxJobs} are taken when some of them wait for others");
        var before = new int[members.Count][];
        for (var i = 0; i < before.Length; i++)
        {
            if (members[i].After.FirstOrDefault(n => !places.ContainsKey(n)) is { } unknown) return FieldChecks.Invalid($"jobs[{i}].after", $"'{unknown}' is the name of no job of the batch");
            before[i] = [.. members[i].After.Select(n => places[n]).Distinct()];
        }

        after = before;
        return CycleIn(before) is { } cycle ? FieldChecks.Invalid("jobs", $"jobs wait for each other: {string.Join(" after ", cycle.Select(i => members[i].Name))}") : null;
    }

    /// <summary>A way from a job back to itself, or null. What is left when everything that can run has run waits for something that is left, too.</summary>
    private static List<int>? CycleIn(int[][] before)
    {
        var left = Enumerable.Range(0, before.Length).ToHashSet();
        while (left.RemoveWhere(i => !before[i].Any(left.Contains)) > 0)
        {
        }

        if (left.Count == 0) return null;
        var way = new List<int> { left.Min() };
        while (true)
        {
            var next = before[way[^1]].First(left.Contains);
            var start = way.IndexOf(next);
            way.Add(next);
            if (start >= 0) return way[start..];
        }
    }
}
