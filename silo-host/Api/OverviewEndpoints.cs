using Worcr.Protocol;
using Worcr.SiloHost.Api.Resources;

namespace Worcr.SiloHost.Api;

/// <summary><c>/v1/stats</c></summary>
internal sealed class OverviewEndpoints(IDispatchers dispatchers) : EndpointBase(dispatchers)
{
    /// <summary>Figures of the namespace.</summary>
    public async Task StatsAsync(HttpContext context)
    {
        if (await FindAsync(context, new QueryReader(context).Finish()) is not { } dispatcher) return;
        var stats = await dispatcher.StatsAsync(new StatsRequest(), context.RequestAborted);
        var (p50, p95, p99) = stats.StartLatencyMs;
        var document = new StatsDocument(
            NamespaceOf(context), Counts(stats.Jobs) with { Scheduled = stats.Scheduled, Retry = stats.Retrying }, Groups(stats.Tenants), Groups(stats.Types),
            new StatsWorkers(stats.Workers.Count, stats.Workers.Sum(w => (long)w.Slots), stats.Workers.Sum(w => (long)w.Held)),
            new StatsLatency(Finite(p50), Finite(p95), Finite(p99)))
        {
            Load = new StatsLoad(stats.Load.Level, stats.Load.Load, stats.Load.DelayMs, stats.Load.Shed),
            Throughput = new StatsRates(stats.Rates.Enqueued, stats.Rates.Started, stats.Rates.Succeeded),
            Fairness = Finite(stats.Fairness),
            Limits = [.. stats.Limits.Select(l => new StatsLimit(l.Key, l.Value.Key, l.Value.Used, l.Value.Limit, l.Value.Waiting))],
            Endpoints = [.. stats.Endpoints.Select(Document)],
            Slo = SloDocuments.Of(stats.Slo),
        };
        await Answers.WriteAsync(context, StatusCodes.Status200OK, document, ProtocolJson.Default.StatsDocument);
    }

    private static List<StatsGroup> Groups(IReadOnlyList<KeyValuePair<string, JobCounts>> groups) => [.. groups.Select(g => new StatsGroup(g.Key, Counts(g.Value)))];

    private static StatsCounts Counts(JobCounts c) => new(c.Ready, c.Running, c.Enqueued, c.Succeeded, c.Failed, c.Dead, c.Dropped) { Shed = c.Shed };

    private static StatsEndpoint Document(EndpointView e) =>
        new(e.Name, WireChoices.EndpointState.NameOf(e.Figures.State), e.Slots, e.Figures.InFlight, e.Figures.Delivered, e.Figures.Failed, e.Figures.Rests);

    private static double Finite(double value) => double.IsFinite(value) ? value : 0;
}
