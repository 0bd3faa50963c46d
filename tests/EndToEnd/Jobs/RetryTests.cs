namespace Worcr.EndToEnd.Jobs;

public sealed class RetryTests(SharedSilos silos)
{
    [Theory, EveryStore]
    public async Task A_failed_job_waits_its_backoff_then_comes_again_until_it_is_dead(StoreKind store)
    {
        var silo = await silos.OnAsync(store);
        var type = Names.New("dies");
        var retry = new { maxAttempts = 3, backoff = "fixed", @base = "200ms", jitter = 0 };
        var id = await silo.Api.EnqueueAsync(new { type, retry });
        var worker = silo.Worker(type);
        for (var attempt = 1; attempt <= 3; attempt++)
        {
            var job = await worker.LeaseOneAsync();
            job.Attempt.ShouldBe(attempt);
            (await worker.FailAsync(job, "boom", $"attempt {attempt} broke")).ShouldBe("ok");
            (await silo.Api.StateAsync(id)).ShouldBeOneOf(attempt < 3 ? ["retry", "ready"] : ["dead"]);
        }

        var dead = await silo.Api.FinishedAsync(id);
        dead.GetProperty("state").GetString().ShouldBe("dead");
        dead.GetProperty("fails").GetInt32().ShouldBe(3);
        dead.GetProperty("error").GetProperty("message").GetString().ShouldBe("attempt 3 broke");
        await worker.ExpectNothingAsync();
    }

    [Theory, EveryStore]
    public async Task MaxFails_counts_failures_but_not_lost_attempts(StoreKind store)
    {
        var silo = await silos.OnAsync(store);
        var type = Names.New("max-fails");
        var retry = new { maxAttempts = 10, maxFails = 2, backoff = "fixed", @base = "1ms", jitter = 0 };
        var id = await silo.Api.EnqueueAsync(new { type, retry, timeout = "300ms" });
        var worker = silo.Worker(type);
        await worker.LeaseOneAsync();
        var second = await worker.LeaseOneAsync();
        second.Attempt.ShouldBe(2);
        (await worker.FailAsync(second)).ShouldBe("ok");
        (await worker.FailAsync(await worker.LeaseOneAsync())).ShouldBe("ok");
        var job = await silo.Api.FinishedAsync(id);
        job.GetProperty("state").GetString().ShouldBe("dead");
        job.GetProperty("attempt").GetInt32().ShouldBe(3);
        job.GetProperty("fails").GetInt32().ShouldBe(2);
    }

    [Theory, EveryStore]
    public async Task MaxAttempts_counts_lost_attempts_too(StoreKind store)
    {
        var silo = await silos.OnAsync(store);
        var type = Names.New("max-attempts");
        var retry = new { maxAttempts = 2, backoff = "fixed", @base = "1ms", jitter = 0 };
        var id = await silo.Api.EnqueueAsync(new { type, retry, timeout = "300ms" });
        var worker = silo.Worker(type);
        await worker.LeaseOneAsync();
        (await worker.LeaseOneAsync()).Attempt.ShouldBe(2);
        var job = await silo.Api.FinishedAsync(id);
        job.GetProperty("state").GetString().ShouldBe("dead");
        job.GetProperty("fails").GetInt32().ShouldBeLessThanOrEqualTo(2);
    }

    [Theory, EveryStore]
    public async Task A_final_failure_kills_at_once(StoreKind store)
    {
        var silo = await silos.OnAsync(store);
        var type = Names.New("final");
        var id = await silo.Api.EnqueueAsync(new { type });
        var worker = silo.Worker(type);
        (await worker.FailAsync(await worker.LeaseOneAsync(), "no-such-user", "gone", final: true)).ShouldBe("ok");
        (await silo.Api.FinishedAsync(id)).GetProperty("state").GetString().ShouldBe("dead");
    }

    [Theory, EveryStore]
    public async Task A_dead_job_that_is_retried_lives_again_with_fresh_attempts(StoreKind store)
    {
        var silo = await silos.OnAsync(store);
        var type = Names.New("revived");
        var id = await silo.Api.EnqueueAsync(new { type, retry = new { maxAttempts = 1 } });
        var worker = silo.Worker(type);
        await worker.FailAsync(await worker.LeaseOneAsync());
        (await silo.Api.StateAsync(id)).ShouldBe("dead");
        (await silo.Api.PostAsync($"/v1/jobs/{id}/retry")).Expect(HttpStatusCode.OK);
        (await silo.Api.StateAsync(id)).ShouldBe("ready");
        (await worker.CompleteAsync(await worker.LeaseOneAsync())).ShouldBe("ok");
        (await silo.Api.StateAsync(id)).ShouldBe("succeeded");
    }

    [Theory, EveryStore]
    public async Task A_job_that_waits_for_its_retry_can_be_made_ready_now(StoreKind store)
    {
        var silo = await silos.OnAsync(store);
        var type = Names.New("hurried");
        var id = await silo.Api.EnqueueAsync(new { type, retry = new { @base = "10m", backoff = "fixed" } });
        var worker = silo.Worker(type);
        await worker.FailAsync(await worker.LeaseOneAsync());
        (await silo.Api.StateAsync(id)).ShouldBe("retry");
        await worker.ExpectNothingAsync();
        (await silo.Api.PostAsync($"/v1/jobs/{id}/retry")).Expect(HttpStatusCode.OK);
        (await worker.LeaseOneAsync()).Id.ShouldBe(id);
    }

    [Theory, EveryStore]
    public async Task A_job_that_is_not_finished_yet_and_runs_cannot_be_retried(StoreKind store)
    {
        var silo = await silos.OnAsync(store);
        var type = Names.New("running");
        var id = await silo.Api.EnqueueAsync(new { type });
        await silo.Worker(type).LeaseOneAsync();
        (await silo.Api.PostAsync($"/v1/jobs/{id}/retry")).ExpectProblem(HttpStatusCode.Conflict);
        (await silo.Api.StateAsync(id)).ShouldBe("running");
    }
}
