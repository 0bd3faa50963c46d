using System.Text.Json;

namespace Worcr.Conformance;

/// <summary>What the store says, as text to compare.</summary>
internal static class Described
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    public static string Of(object? value) => JsonSerializer.Serialize(value, Indented);

    /// <summary>Everything that a namespace holds.</summary>
    public static async Task<string> NamespaceAsync(IJobStore store, Ownership owner, CancellationToken cancel)
    {
        var state = await store.LoadAsync(owner, cancel);
        var query = await store.QueryAsync(new JobQuery { Ownership = owner, Limit = 10_000, Ascending = true }, cancel);
        var alarms = await store.ReadAlarmsAsync(new ReadAlarms(owner, long.MaxValue, 10_000, 100), cancel);
        var ready = new List<IReadOnlyList<Job>>();
        foreach (var strand in state.Strands.Where(s => s.LaneId != WaitingStrand.LaneIdOf(owner)))
            ready.AddRange(await store.ReadReadyAsync(new ReadReady([state.Lanes.Single(l => l.LaneId == strand.LaneId).Range(strand.Priority, limit: 10_000)], 50), cancel));
        return Of(new { state, query, alarms, ready });
    }
}
