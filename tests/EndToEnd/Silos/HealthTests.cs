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
        await silo.Api.EnqueueAllAsync(Enumerable.Range(0, 5).Select(_ => new { type }));
        var worker = silo.Worker(type);
        await worker.CompleteAsync(await worker.LeaseOneAsync());
        (await silo.Api.GetAsync("/v1/stats")).Expect(HttpStatusCode.OK).Text.ShouldContain(type);
        (await silo.Api.GetAsync("/v1/workers")).Expect(HttpStatusCode.OK).Text.ShouldContain($"w-{type}");
    }
}
