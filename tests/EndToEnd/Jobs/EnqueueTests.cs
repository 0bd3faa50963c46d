using System.Text;

namespace Worcr.EndToEnd.Jobs;

public sealed class EnqueueTests(SharedSilos silos)
{
    [Theory, EveryStore]
    public async Task A_job_with_nothing_but_a_type_gets_an_id_and_is_ready(StoreKind store)
    {
        var silo = await silos.OnAsync(store);
        var type = Names.New("bare");
        var reply = (await silo.Api.PostAsync("/v1/jobs", new { type })).Expect(HttpStatusCode.Created);
        Guid.TryParse(reply["id"].GetString(), out _).ShouldBeTrue();
        reply["state"].GetString().ShouldBe("ready");
        reply["duplicate"].GetBoolean().ShouldBeFalse();
        var job = await silo.Api.JobAsync(reply["id"].GetString()!);
        job.GetProperty("type").GetString().ShouldBe(type);
        job.GetProperty("state").GetString().ShouldBe("ready");
        job.GetProperty("attempt").GetInt32().ShouldBe(0);
    }

    [Theory, EveryStore]
    public async Task Every_field_that_a_producer_gives_is_shown_and_reaches_the_worker(StoreKind store)
    {
        var silo = await silos.OnAsync(store);
        var type = Names.New("full");
        var id = await silo.Api.EnqueueAsync(new
        {
            type,
            args = new { to = "a@b.c", n = 12345678901234L, deep = new[] { 1, 2 } },
            tenant = "acme",
            tags = new[] { "premium", "eu" },
            queue = "mail",
            weight = 2.5,
            priority = -7,
            slo = "5m",
            expiresIn = "12h",
            timeout = "90s",
            retry = new { maxAttempts = 3, maxFails = 2, backoff = "linear", @base = "2s", cap = "1m", jitter = 0.5 },
            orderKey = "account-7",
            resultTtl = "1h",
            meta = new { traceparent = "00-abc" },
        });
        var job = await silo.Api.JobAsync(id);
        job.GetProperty("args").GetProperty("n").GetInt64().ShouldBe(12345678901234L);
        job.GetProperty("tenant").GetString().ShouldBe("acme");
        job.GetProperty("tags").EnumerateArray().Select(t => t.GetString()).ShouldBe(["premium", "eu"], ignoreOrder: true);
        job.GetProperty("queue").GetString().ShouldBe("mail");
        job.GetProperty("weight").GetDouble().ShouldBe(2.5);
        job.GetProperty("priority").GetInt32().ShouldBe(-7);
        job.GetProperty("meta").GetProperty("traceparent").GetString().ShouldBe("00-abc");

        var leased = await silo.Worker(type).LeaseOneAsync();
        leased.Id.ShouldBe(id);
        leased.Tenant.ShouldBe("acme");
        leased.Attempt.ShouldBe(1);
        leased.Args.GetProperty("deep").EnumerateArray().Select(d => d.GetInt32()).ShouldBe([1, 2]);
        leased.Json.GetProperty("timeout").GetString().ShouldBe("90s");
        leased.Json.GetProperty("meta").GetProperty("traceparent").GetString().ShouldBe("00-abc");
    }

    [Theory, EveryStore]
    public async Task An_array_and_lines_of_json_are_taken_whole_and_in_order(StoreKind store)
    {
        var silo = await silos.OnAsync(store);
        var type = Names.New("many");
        var first = await silo.Api.EnqueueAllAsync(Enumerable.Range(0, 50).Select(n => new { type, args = new { n } }));
        var lines = string.Concat(Enumerable.Range(50, 50).Select(n => $$$"""{"type":"{{{type}}}","args":{"n":{{{n}}}}}""" + "\n"));
        var reply = await silo.Api.PostRawAsync("/v1/jobs", Encoding.UTF8.GetBytes(lines), "application/x-ndjson");
        var second = reply.Expect(HttpStatusCode.Created).Json.EnumerateArray().Select(j => j.GetProperty("id").GetString()!);
        string[] ids = [.. first, .. second];
        ids.Distinct().Count().ShouldBe(100);

        var worker = silo.Worker(type);
        var order = new List<int>();
        while (order.Count < 100)
        {
            var jobs = await worker.LeaseAsync(40);
            jobs.ShouldNotBeEmpty("the worker was given no job though not all had come");
            order.AddRange(jobs.Select(j => j.Args.GetProperty("n").GetInt32()));
            (await worker.CompleteAllAsync(jobs)).ShouldAllBe(a => a == "ok");
        }

        order.ShouldBe(Enumerable.Range(0, 100));
    }

    [Theory, EveryStore]
    public async Task One_bad_job_in_an_array_keeps_all_the_others_out(StoreKind store)
    {
        var silo = await silos.OnAsync(store);
        var type = Names.New("all-or-none");
        var reply = await silo.Api.PostAsync("/v1/jobs", new object[] { new { type }, new { type, weight = -1 }, new { type } });
        reply.ExpectProblem(HttpStatusCode.BadRequest);
        reply.Text.ShouldContain("weight");
        (await silo.Api.ListAsync($"type={type}")).ShouldBeEmpty();
    }

    [Theory, EveryStore]
    public async Task A_clients_own_id_makes_a_repeated_enqueue_harmless(StoreKind store)
    {
        var silo = await silos.OnAsync(store);
        var type = Names.New("own-id");
        var id = Guid.NewGuid().ToString();
        var first = (await silo.Api.PostAsync("/v1/jobs", new { type, id })).Expect(HttpStatusCode.Created);
        first["id"].GetString().ShouldBe(id);
        var again = (await silo.Api.PostAsync("/v1/jobs", new { type, id })).Expect(HttpStatusCode.OK);
        again["id"].GetString().ShouldBe(id);
        again["duplicate"].GetBoolean().ShouldBeTrue();

        var worker = silo.Worker(type);
        await worker.CompleteAsync(await worker.LeaseOneAsync());
        var late = (await silo.Api.PostAsync("/v1/jobs", new { type, id })).Expect(HttpStatusCode.OK);
        late["duplicate"].GetBoolean().ShouldBeTrue();
        late["state"].GetString().ShouldBe("succeeded");
        await worker.ExpectNothingAsync();
    }

    [Theory, EveryStore]
    public async Task The_same_id_twice_in_one_array_is_one_job(StoreKind store)
    {
        var silo = await silos.OnAsync(store);
        var type = Names.New("twice");
        var id = Guid.NewGuid().ToString();
        var reply = await silo.Api.PostAsync("/v1/jobs", new[] { new { type, id }, new { type, id } });
        reply.Status.ShouldBeOneOf(HttpStatusCode.OK, HttpStatusCode.Created);
        reply.Json.EnumerateArray().Select(j => j.GetProperty("duplicate").GetBoolean()).ShouldBe([false, true]);
        (await silo.Api.ListAsync($"type={type}")).Count.ShouldBe(1);
    }

    [Theory, EveryStore]
    public async Task Enqueue_and_wait_answers_with_the_finished_job(StoreKind store)
    {
        var silo = await silos.OnAsync(store);
        var type = Names.New("sync");
        var asking = silo.Api.PostAsync("/v1/jobs?wait=30s", new { type, args = new { n = 4 } });
        var worker = silo.Worker(type);
        var job = await worker.LeaseOneAsync();
        asking.IsCompleted.ShouldBeFalse();
        await worker.CompleteAsync(job, new { square = 16 });
        var reply = (await asking.OrSay("the waiting producer was never answered")).Expect(HttpStatusCode.OK);
        reply["state"].GetString().ShouldBe("succeeded");
        reply["result"].GetProperty("square").GetInt32().ShouldBe(16);
    }

    [Theory, EveryStore]
    public async Task Enqueue_and_wait_answers_202_when_nobody_works(StoreKind store)
    {
        var silo = await silos.OnAsync(store);
        var reply = (await silo.Api.PostAsync("/v1/jobs?wait=100ms", new { type = Names.New("idle") })).Expect(HttpStatusCode.Accepted);
        (await silo.Api.StateAsync(reply["id"].GetString()!)).ShouldBe("ready");
    }

    [Theory, EveryStore]
    public async Task Namespaces_do_not_see_each_other(StoreKind store)
    {
        var silo = await silos.OnAsync(store);
        var type = Names.New("apart");
        var other = Names.New("ns");
        var reply = (await silo.Api.PostAsync($"/v1/ns/{other}/jobs", new { type })).Expect(HttpStatusCode.Created);
        await silo.Worker(type).ExpectNothingAsync();
        (await silo.Api.GetAsync($"/v1/jobs/{reply["id"].GetString()}")).ExpectProblem(HttpStatusCode.NotFound);
        (await silo.Api.GetAsync($"/v1/ns/{other}/jobs/{reply["id"].GetString()}")).Expect(HttpStatusCode.OK);
    }
}
