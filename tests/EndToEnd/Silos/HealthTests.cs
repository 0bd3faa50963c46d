using Worcr.Player;

namespace Worcr.EndToEnd.Silos;

public sealed class HealthTests(SharedSilos silos)
{
    [Theory, EveryStore]
    public async Task Health_readiness_metrics_and_the_description_answer(StoreKind store)
    {
        var silo = await silos.OnAsync(store);
        (await silo.Api.GetAsync("/healthz")).Expect(HttpStatusCode.OK);
        (await silo.Api.GetAsync("/readyz")).Expect(HttpStatusCode.OK);
        var metrics = (await silo.Api.GetAsync("/metrics")).Expect(HttpStatusCode.OK);
        metrics.ContentType.ShouldBe("text/plain");
        metrics.Text.ShouldContain("# TYPE worcr_");
        var openapi = (await silo.Api.GetAsync("/openapi/v1.json")).Expect(HttpStatusCode.OK);
        openapi["paths"].TryGetProperty("/v1/jobs", out _).ShouldBeTrue();
    }

    [Theory, EveryStore]
    public async Task Stats_and_workers_show_who_works_and_how_much(StoreKind store)
    {
        var silo = await silos.OnAsync(store);
        var type = Names.New("stats");
        var cancel = TestContext.Current.CancellationToken;
        await silo.Api.EnqueueAllAsync(Enumerable.Range(0, 5).Select(_ => new { type, tenant = type }));
        await using var worker = await HubWorker.RegisterAsync(silo.Url, new() { Worker = $"w-{type}", Types = [type], Slots = 2 }, cancel);
        (await worker.NextJobsAsync(cancel).OrSay("the jobs were never pushed")).ShouldNotBeEmpty();

        var stats = (await silo.Api.GetAsync("/v1/stats")).Expect(HttpStatusCode.OK);
        stats.Text.ShouldContain(type);
        var workers = (await silo.Api.GetAsync("/v1/workers")).Expect(HttpStatusCode.OK)["workers"].EnumerateArray();
        var shown = workers.Single(w => w.GetProperty("worker").GetString() == $"w-{type}");
        shown.GetProperty("slots").GetInt32().ShouldBe(2);
        shown.GetProperty("held").GetInt32().ShouldBe(2);
    }
}
