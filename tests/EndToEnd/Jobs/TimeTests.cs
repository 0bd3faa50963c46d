namespace Worcr.EndToEnd.Jobs;

public sealed class TimeTests(SharedSilos silos)
{
    [Theory, EveryStore]
    public async Task A_delayed_job_is_scheduled_and_comes_no_sooner_than_it_should(StoreKind store)
    {
        var silo = await silos.OnAsync(store);
        var type = Names.New("delayed");
        var reply = (await silo.Api.PostAsync("/v1/jobs", new { type, delay = "1s" })).Expect(HttpStatusCode.Created);
        reply["state"].GetString().ShouldBe("scheduled");
        var due = (await silo.Api.JobAsync(reply["id"].GetString()!)).GetProperty("createdAt").GetDateTimeOffset().AddSeconds(1);
        var worker = silo.Worker(type);
        await worker.CompleteAsync(await worker.LeaseOneAsync());
        var job = await silo.Api.FinishedAsync(reply["id"].GetString()!);
        job.GetProperty("startedAt").GetDateTimeOffset().ShouldBeGreaterThanOrEqualTo(due.AddMilliseconds(-1));
    }

    [Theory, EveryStore]
    public async Task A_job_for_a_moment_runs_at_it_and_one_for_the_past_at_once(StoreKind store)
    {
        var silo = await silos.OnAsync(store);
        var (later, past) = (Names.New("later"), Names.New("past"));
        var due = DateTimeOffset.UtcNow.AddSeconds(1);
        var id = await silo.Api.EnqueueAsync(new { type = later, runAt = due.ToString("O") });
        var reply = await silo.Api.PostAsync("/v1/jobs", new { type = past, runAt = "2001-01-01T00:00:00Z" });
        reply.Expect(HttpStatusCode.Created)["state"].GetString().ShouldBe("ready");

        var worker = silo.Worker(later);
        await worker.CompleteAsync(await worker.LeaseOneAsync());
        var job = await silo.Api.FinishedAsync(id);
        job.GetProperty("startedAt").GetDateTimeOffset().ShouldBeGreaterThanOrEqualTo(due.AddMilliseconds(-1));
    }

    [Theory, EveryStore]
    public async Task A_job_that_nobody_runs_in_time_expires(StoreKind store)
    {
        var silo = await silos.OnAsync(store);
        var type = Names.New("expires");
        var id = await silo.Api.EnqueueAsync(new { type, expiresIn = "300ms" });
        (await silo.Api.FinishedAsync(id)).GetProperty("state").GetString().ShouldBe("expired");
        await silo.Worker(type).ExpectNothingAsync();
    }

    [Theory, EveryStore]
    public async Task A_job_that_is_past_before_it_starts_never_starts(StoreKind store)
    {
        var silo = await silos.OnAsync(store);
        var type = Names.New("past-expiry");
        var reply = await silo.Api.PostAsync("/v1/jobs", new { type, expiresAt = "2001-01-01T00:00:00Z" });
        if (reply.Status == HttpStatusCode.Created)
        {
            (await silo.Api.FinishedAsync(reply["id"].GetString()!)).GetProperty("state").GetString().ShouldBe("expired");
        }
        else
        {
            reply.ExpectProblem(HttpStatusCode.BadRequest);
        }

        await silo.Worker(type).ExpectNothingAsync();
    }

    [Theory, EveryStore]
    public async Task An_attempt_that_takes_too_long_is_taken_away_and_its_report_is_stale(StoreKind store)
    {
        var silo = await silos.OnAsync(store);
        var type = Names.New("slow");
        var id = await silo.Api.EnqueueAsync(new { type, timeout = "500ms", retry = new { @base = "1ms", backoff = "fixed" } });
        var worker = silo.Worker(type);
        var late = await worker.LeaseOneAsync();
        var second = await worker.LeaseOneAsync();
        second.Id.ShouldBe(id);
        second.Attempt.ShouldBe(2);
        (await worker.CompleteAsync(late)).ShouldBe("stale");
        (await worker.CompleteAsync(second)).ShouldBe("ok");
        (await silo.Api.StateAsync(id)).ShouldBe("succeeded");
    }

    [Theory, EveryStore]
    public async Task Extending_a_lease_keeps_it(StoreKind store)
    {
        var silo = await silos.OnAsync(store);
        var (type, clock) = (Names.New("extended"), Names.New("clock"));
        await silo.Api.EnqueueAsync(new { type, timeout = "3s", retry = new { @base = "1ms", backoff = "fixed" } });
        var worker = silo.Worker(type);
        var job = await worker.LeaseOneAsync();
        for (var step = 0; step < 4; step++)
        {
            // A delayed job that comes is a second gone by: four of them are more than the time-out of three.
            await silo.Api.EnqueueAsync(new { type = clock, delay = "1s" });
            var tick = silo.Worker(clock);
            await tick.CompleteAsync(await tick.LeaseOneAsync());
            (await worker.ExtendAsync(job)).Expect(HttpStatusCode.OK)["result"].GetString().ShouldBe("ok");
        }

        (await worker.CompleteAsync(job)).ShouldBe("ok");
    }
}
