using System.Globalization;
using Worcr.Core.Fairness;

namespace Worcr.SiloHost.Commands.Bench.Figures;

/// <summary>What choosing the next job costs, without store and network: the brain's fair queue alone.</summary>
public static class DecisionFigure
{
    private static readonly int[] TenantCounts = [10, 10_000];

    /// <summary>The figure.</summary>
    public static BenchFigure Figure { get; } = new("i", "decision of the fair queue", false, (site, _) => Task.FromResult(Run(site)));

    private static BenchSample Run(BenchSite site)
    {
        var values = new List<BenchValue>();
        foreach (var tenants in TenantCounts)
        {
            Decide(tenants, site.Settings.Decisions / 10);
            var start = site.Clock.GetTimestamp();
            Decide(tenants, site.Settings.Decisions);
            var elapsed = site.Clock.GetElapsedTime(start);
            values.Add(new BenchValue(
                string.Create(CultureInfo.InvariantCulture, $"{tenants:N0} tenants"), "ns", elapsed.TotalNanoseconds / site.Settings.Decisions));
        }

        return new BenchSample(values);
    }

    private static void Decide(int tenants, int decisions)
    {
        var scheduler = new FairScheduler(new Random(1));
        var lanes = Enumerable.Range(0, tenants).Select(i => new Lane(new FairTenant($"t{i}"))).ToArray();
        var workers = scheduler.AddClass(_ => true);
        foreach (var lane in lanes) scheduler.Activate(lane);
        for (var i = 0; i < decisions; i++)
        {
            var lane = workers.Choose() ?? throw new InvalidOperationException("The fair queue has run dry.");
            scheduler.Charge(lane, 1, 1 + (i % 10));
        }
    }

    private sealed class Lane(FairTenant tenant) : FairLane(tenant);
}
