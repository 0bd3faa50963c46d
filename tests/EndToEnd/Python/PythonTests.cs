using Worcr.EndToEnd.Workers;

namespace Worcr.EndToEnd.Python;

/// <summary>The Python SDK, in processes of its own.</summary>
public sealed class PythonTests(SharedSilos silos)
{
    [Theory, EveryStore]
    public async Task A_client_does_all_that_it_can_with_a_worker(StoreKind store)
    {
        var silo = await silos.OnAsync(store);
        var type = Names.New("python");
        await using var worker = Worker(silo.Url, type);
        await using var client = PythonProgram.Start("python-client.py", silo.Url, type);
        (await client.ExitAsync()).ShouldBe(0, client.Output + worker.Output);
        client.Output.ShouldContain("all is well");
        worker.Terminate();
        (await worker.ExitAsync()).ShouldBe(0, worker.Output);
    }

    [Theory, EveryStore]
    public async Task A_failed_attempt_is_tried_again_unless_it_failed_for_good(StoreKind store)
    {
        var silo = await silos.OnAsync(store);
        var type = Names.New("python-fails");
        await using var worker = Worker(silo.Url, type);
        var again = await silo.Api.EnqueueAsync(new { type, args = new { @do = "fail_once" } });
        var dead = await silo.Api.EnqueueAsync(new { type, args = new { @do = "fail_for_good" } });

        var done = await silo.Api.FinishedAsync(again);
        done.GetProperty("result").GetProperty("attempt").GetInt32().ShouldBe(2, worker.Output);
        done.GetProperty("fails").GetInt32().ShouldBe(1);
        done.GetProperty("attempts").GetRawText().ShouldContain("by-design");
        var failed = await silo.Api.FinishedAsync(dead);
        failed.GetProperty("state").GetString().ShouldBe("dead", worker.Output);
        failed.GetProperty("error").GetProperty("code").GetString().ShouldBe("410");
    }

    [Theory, EveryStore]
    public async Task A_job_whose_worker_was_killed_resumes_from_its_checkpoint(StoreKind store)
    {
        var silo = await silos.OnAsync(store);
        var type = Names.New("python-killed");
        var id = await silo.Api.EnqueueAsync(new { type, args = new { @do = "resume" }, timeout = "2s" });
        await using (var victim = Worker(silo.Url, type))
        {
            await victim.LineAsync(l => l == "checkpointed", "that it left a checkpoint");
            await victim.KillAsync();
        }

        await using var heir = Worker(silo.Url, type);
        var job = await silo.Api.FinishedAsync(id);
        job.GetProperty("result").GetProperty("page").GetInt32().ShouldBe(7, heir.Output);
        job.GetProperty("attempt").GetInt32().ShouldBe(2);
        job.GetProperty("fails").GetInt32().ShouldBe(0);
    }

    [Theory, EveryStore]
    public async Task A_terminated_worker_gives_back_what_it_runs(StoreKind store)
    {
        var silo = await silos.OnAsync(store);
        var type = Names.New("python-drains");
        var id = await silo.Api.EnqueueAsync(new { type, args = new { @do = "resume" }, retry = new { maxAttempts = 1 } });
        await using var worker = Worker(silo.Url, type);
        await worker.LineAsync(l => l == "checkpointed", "that it left a checkpoint");
        worker.Terminate();
        (await worker.ExitAsync()).ShouldBe(0, worker.Output);

        (await silo.Api.StateAsync(id)).ShouldBe("ready", worker.Output);
        var again = await silo.Worker(type).LeaseOneAsync();
        again.Checkpoints.GetProperty("page").GetInt32().ShouldBe(7);
        (await silo.Worker(type).CompleteAsync(again)).ShouldBe("ok");
    }

    [Theory, EveryStore]
    public async Task A_job_that_is_wanted_back_is_yielded_and_goes_on_later(StoreKind store)
    {
        var silo = await silos.OnAsync(store);
        var type = Names.New("python-yields");
        await using var worker = Worker(silo.Url, type);
        var id = await silo.Api.EnqueueAsync(new { type, args = new { @do = "resume" }, retry = new { maxAttempts = 1 } });
        await worker.LineAsync(l => l == "checkpointed", "that it left a checkpoint");
        (await silo.Api.PostAsync($"/v1/jobs/{id}/interrupt")).Expect(HttpStatusCode.OK);

        var job = await silo.Api.FinishedAsync(id);
        job.GetProperty("result").GetProperty("page").GetInt32().ShouldBe(7, worker.Output);
        (await silo.Api.GetAsync($"/v1/jobs/{id}/logs")).Text.ShouldContain("asked to stop: interrupt");
    }

    [Theory, EveryStore]
    public async Task A_worker_whose_connection_is_cut_again_and_again_loses_no_report(StoreKind store)
    {
        var silo = await silos.OnAsync(store);
        await using var proxy = new CuttingProxy(silo.Url);
        var type = Names.New("python-cut");
        await using var worker = Worker(proxy.Url, type);
        await CutRun.CheckAsync(silo, proxy, type, () => worker.Output, "3s");
    }

    private static Child Worker(Uri silo, string type) => PythonProgram.Start("python-worker.py", silo, type);
}
