namespace Worcr.EndToEnd.Jobs;

public sealed class ReadTests(SharedSilos silos)
{
    [Theory, EveryStore]
    public async Task The_list_is_newest_first_and_pages_without_gaps(StoreKind store)
    {
        var silo = await silos.OnAsync(store);
        var type = Names.New("pages");
        var ids = await silo.Api.EnqueueAllAsync(Enumerable.Range(0, 25).Select(n => new { type, args = new { n } }));
        var listed = await silo.Api.ListAsync($"type={type}", limit: 10);
        listed.Select(j => j.GetProperty("id").GetString()).ShouldBe(ids.Reverse());
    }

    [Theory, EveryStore]
    public async Task Every_filter_finds_what_it_should_and_nothing_else(StoreKind store)
    {
        var silo = await silos.OnAsync(store);
        var (type, tenant, queue, tag) = (Names.New("found"), Names.New("tenant"), Names.New("queue"), Names.New("tag"));
        var wanted = await silo.Api.EnqueueAsync(new { type, tenant, queue, tags = new[] { "other", tag } });
        await silo.Api.EnqueueAsync(new { type = Names.New("unfound") });
        foreach (var filter in new[] { $"type={type}", $"tenant={tenant}", $"queue={queue}", $"tag={tag}", $"state=ready&type={type}" })
        {
            (await silo.Api.ListAsync(filter)).Select(j => j.GetProperty("id").GetString()).ShouldBe([wanted], filter);
        }

        (await silo.Api.ListAsync($"state=succeeded&type={type}")).ShouldBeEmpty();
        (await silo.Api.ListAsync($"type={type}&tenant={Names.New("nobody")}")).ShouldBeEmpty();
    }

    [Theory, EveryStore]
    public async Task The_state_filter_knows_running_jobs_from_ready_ones(StoreKind store)
    {
        var silo = await silos.OnAsync(store);
        var type = Names.New("states");
        await silo.Api.EnqueueAllAsync(Enumerable.Range(0, 3).Select(_ => new { type }));
        var worker = silo.Worker(type);
        var running = await worker.LeaseOneAsync();
        (await silo.Api.ListAsync($"type={type}&state=running")).Select(j => j.GetProperty("id").GetString()).ShouldBe([running.Id]);
        (await silo.Api.ListAsync($"type={type}&state=ready")).Count.ShouldBe(2);
        await worker.CompleteAsync(running);
        (await silo.Api.ListAsync($"type={type}&state=succeeded")).Select(j => j.GetProperty("id").GetString()).ShouldBe([running.Id]);
        (await silo.Api.ListAsync($"type={type}&state=running")).ShouldBeEmpty();
    }

    [Theory, EveryStore]
    public async Task A_result_goes_from_202_to_200_and_to_410_when_its_time_is_over(StoreKind store)
    {
        var silo = await silos.OnAsync(store);
        var type = Names.New("result");
        (await silo.Api.GetAsync($"/v1/jobs/{Guid.NewGuid()}/result")).ExpectProblem(HttpStatusCode.NotFound);
        var id = await silo.Api.EnqueueAsync(new { type, resultTtl = "1s" });
        (await silo.Api.GetAsync($"/v1/jobs/{id}/result")).Expect(HttpStatusCode.Accepted);

        var worker = silo.Worker(type);
        var job = await worker.LeaseOneAsync();
        var waiting = silo.Api.GetAsync($"/v1/jobs/{id}/result?wait=30s");
        (await worker.CompleteAsync(job, new { answer = 42 })).ShouldBe("ok");
        var reply = (await waiting.OrSay("the result never came to its waiter")).Expect(HttpStatusCode.OK);
        reply.Text.ShouldContain("42");
        await GoneAsync(silo, id);
    }

    [Theory, EveryStore]
    public async Task A_finished_job_tells_its_whole_story(StoreKind store)
    {
        var silo = await silos.OnAsync(store);
        var type = Names.New("story");
        var id = await silo.Api.EnqueueAsync(new { type, retry = new { @base = "1ms", backoff = "fixed" } });
        var worker = silo.Worker(type);
        await worker.FailAsync(await worker.LeaseOneAsync(), "smtp-refused", "the server said no");
        (await worker.CompleteAsync(await worker.LeaseOneAsync(), new { ok = true })).ShouldBe("ok");

        var job = await silo.Api.JobAsync(id);
        job.GetProperty("state").GetString().ShouldBe("succeeded");
        job.GetProperty("attempt").GetInt32().ShouldBe(2);
        job.GetProperty("fails").GetInt32().ShouldBe(1);
        job.GetProperty("result").GetProperty("ok").GetBoolean().ShouldBeTrue();
        job.GetProperty("worker").GetString().ShouldBe($"w-{type}");
        job.GetProperty("attempts").GetArrayLength().ShouldBeGreaterThanOrEqualTo(1);
        job.GetProperty("attempts")[0].GetRawText().ShouldContain("smtp-refused");
        var times = new[] { "createdAt", "readyAt", "startedAt", "finishedAt" }.Select(n => job.GetProperty(n).GetDateTimeOffset()).ToList();
        times.ShouldBeInOrder();
    }

    [Theory, EveryStore]
    public async Task An_unknown_job_is_not_found_anywhere(StoreKind store)
    {
        var silo = await silos.OnAsync(store);
        var id = Guid.NewGuid();
        (await silo.Api.GetAsync($"/v1/jobs/{id}")).ExpectProblem(HttpStatusCode.NotFound);
        (await silo.Api.GetAsync($"/v1/jobs/{id}/logs")).ExpectProblem(HttpStatusCode.NotFound);
        (await silo.Api.DeleteAsync($"/v1/jobs/{id}")).ExpectProblem(HttpStatusCode.NotFound);
        (await silo.Api.PostAsync($"/v1/jobs/{id}/retry")).ExpectProblem(HttpStatusCode.NotFound);
        (await silo.Api.PostAsync($"/v1/jobs/{id}/interrupt")).ExpectProblem(HttpStatusCode.NotFound);
    }

    /// <summary>A one-second time to live: asks until it is over, for there is no event to wait for.</summary>
    private static async Task GoneAsync(Silo silo, string id)
    {
        var deadline = Environment.TickCount64 + 30_000;
        while ((await silo.Api.GetAsync($"/v1/jobs/{id}/result")).Status is var status && status != HttpStatusCode.Gone)
        {
            status.ShouldBe(HttpStatusCode.OK);
            if (Environment.TickCount64 > deadline) throw new TimeoutException("The result could still be read 30 s after its time to live of 1 s.");
        }
    }
}
