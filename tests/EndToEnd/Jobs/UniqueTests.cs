namespace Worcr.EndToEnd.Jobs;

public sealed class UniqueTests(SharedSilos silos)
{
    [Theory, EveryStore]
    public async Task Return_answers_with_the_job_that_is_there(StoreKind store)
    {
        var silo = await silos.OnAsync(store);
        var job = Unique(Names.New("return"), "return", "finished");
        var first = (await silo.Api.PostAsync("/v1/jobs", job)).Expect(HttpStatusCode.Created);
        var second = (await silo.Api.PostAsync("/v1/jobs", job)).Expect(HttpStatusCode.OK);
        second["id"].GetString().ShouldBe(first["id"].GetString());
        second["duplicate"].GetBoolean().ShouldBeTrue();
    }

    [Theory, EveryStore]
    public async Task Reject_refuses_the_second(StoreKind store)
    {
        var silo = await silos.OnAsync(store);
        var job = Unique(Names.New("reject"), "reject", "finished");
        (await silo.Api.PostAsync("/v1/jobs", job)).Expect(HttpStatusCode.Created);
        (await silo.Api.PostAsync("/v1/jobs", job)).ExpectProblem(HttpStatusCode.Conflict);
    }

    [Theory, EveryStore]
    public async Task Replace_puts_the_second_in_the_place_of_the_first(StoreKind store)
    {
        var silo = await silos.OnAsync(store);
        var type = Names.New("replace");
        var job = Unique(type, "replace", "finished");
        var first = (await silo.Api.PostAsync("/v1/jobs", job)).Expect(HttpStatusCode.Created)["id"].GetString()!;
        var second = (await silo.Api.PostAsync("/v1/jobs", job)).Expect(HttpStatusCode.Created)["id"].GetString()!;
        second.ShouldNotBe(first);
        (await silo.Api.StateAsync(first)).ShouldBeOneOf("cancelled", "discarded");
        var worker = silo.Worker(type);
        (await worker.LeaseOneAsync()).Id.ShouldBe(second);
        await worker.ExpectNothingAsync();
    }

    [Theory, EveryStore]
    public async Task Until_started_frees_the_key_when_the_job_starts(StoreKind store)
    {
        var silo = await silos.OnAsync(store);
        var type = Names.New("started");
        var job = Unique(type, "reject", "started");
        (await silo.Api.PostAsync("/v1/jobs", job)).Expect(HttpStatusCode.Created);
        (await silo.Api.PostAsync("/v1/jobs", job)).ExpectProblem(HttpStatusCode.Conflict);
        await silo.Worker(type).LeaseOneAsync();
        (await silo.Api.PostAsync("/v1/jobs", job)).Expect(HttpStatusCode.Created);
    }

    [Theory, EveryStore]
    public async Task Until_finished_frees_the_key_when_the_job_ends(StoreKind store)
    {
        var silo = await silos.OnAsync(store);
        var type = Names.New("finished");
        var job = Unique(type, "reject", "finished");
        (await silo.Api.PostAsync("/v1/jobs", job)).Expect(HttpStatusCode.Created);
        var worker = silo.Worker(type);
        var leased = await worker.LeaseOneAsync();
        (await silo.Api.PostAsync("/v1/jobs", job)).ExpectProblem(HttpStatusCode.Conflict);
        await worker.CompleteAsync(leased);
        (await silo.Api.PostAsync("/v1/jobs", job)).Expect(HttpStatusCode.Created);
    }

    [Theory, EveryStore]
    public async Task Until_expired_keeps_the_key_after_the_end_for_its_time(StoreKind store)
    {
        var silo = await silos.OnAsync(store);
        var type = Names.New("expired");
        var job = Unique(type, "return", "expired", "2s");
        var first = (await silo.Api.PostAsync("/v1/jobs", job)).Expect(HttpStatusCode.Created)["id"].GetString()!;
        var worker = silo.Worker(type);
        await worker.CompleteAsync(await worker.LeaseOneAsync());
        (await silo.Api.PostAsync("/v1/jobs", job)).Expect(HttpStatusCode.OK)["id"].GetString().ShouldBe(first);

        // A delayed job is the clock: when it comes, the two seconds are over.
        var clock = Names.New("clock");
        await silo.Api.EnqueueAsync(new { type = clock, delay = "3s" });
        await silo.Worker(clock).LeaseOneAsync();
        (await silo.Api.PostAsync("/v1/jobs", job)).Expect(HttpStatusCode.Created)["id"].GetString().ShouldNotBe(first);
    }

    [Theory, EveryStore]
    public async Task Fifty_producers_at_once_make_one_job(StoreKind store)
    {
        var silo = await silos.OnAsync(store);
        var type = Names.New("race");
        var replies = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => silo.Api.PostAsync("/v1/jobs", Unique(type, "return", "finished"))));
        replies.Count(r => r.Status == HttpStatusCode.Created).ShouldBe(1);
        replies.Select(r => r["id"].GetString()).Distinct().Count().ShouldBe(1);
        (await silo.Api.ListAsync($"type={type}")).Count.ShouldBe(1);
    }

    private static object Unique(string type, string onConflict, string until, string? lasts = null) =>
        new { type, unique = new Dictionary<string, string?> { ["key"] = type, ["until"] = until, ["onConflict"] = onConflict, ["for"] = lasts ?? "1h" } };
}
