namespace Worcr.EndToEnd.Jobs;

public sealed class FairnessTests(SharedSilos silos)
{
    private const int SmallTenants = 4;
    private const int SmallBacklog = 20;

    [Theory, EveryStore]
    public async Task A_big_backlog_does_not_make_small_tenants_wait(StoreKind store)
    {
        var silo = await silos.OnAsync(store);
        var type = Names.New("fair");
        await silo.Api.EnqueueAllAsync(Enumerable.Range(0, 5000).Select(_ => new { type, tenant = $"{type}-big" }));
        for (var t = 0; t < SmallTenants; t++)
        {
            await silo.Api.EnqueueAllAsync(Enumerable.Range(0, SmallBacklog).Select(_ => new { type, tenant = $"{type}-small-{t}" }));
        }

        var served = await ServeAsync(silo, type, (SmallTenants + 1) * SmallBacklog + 20);
        for (var t = 0; t < SmallTenants; t++)
        {
            served.Count(s => s == $"{type}-small-{t}").ShouldBe(SmallBacklog, $"small tenant {t} was not through after {served.Count} jobs");
        }
    }

    [Theory, EveryStore]
    public async Task Shares_divide_the_service(StoreKind store)
    {
        var silo = await silos.OnAsync(store);
        var type = Names.New("shares");
        (await silo.Api.PutAsync($"/v1/tenants/{type}-double", new { share = 2 })).Status.ShouldBeOneOf(HttpStatusCode.OK, HttpStatusCode.Created);
        foreach (var tenant in new[] { "double", "single" })
        {
            await silo.Api.EnqueueAllAsync(Enumerable.Range(0, 300).Select(_ => new { type, tenant = $"{type}-{tenant}" }));
        }

        var served = await ServeAsync(silo, type, 300);
        served.Count(s => s.EndsWith("-double", StringComparison.Ordinal)).ShouldBeInRange(190, 210);
    }

    /// <summary>The tenants in the order in which a single worker is given their jobs.</summary>
    private static async Task<List<string>> ServeAsync(Silo silo, string type, int count)
    {
        var worker = silo.Worker(type);
        var served = new List<string>();
        while (served.Count < count)
        {
            var jobs = await worker.LeaseAsync(Math.Min(10, count - served.Count));
            jobs.ShouldNotBeEmpty("no job came though the backlog is long");
            served.AddRange(jobs.Select(j => j.Tenant));
            await worker.CompleteAllAsync(jobs);
        }

        return served;
    }
}
