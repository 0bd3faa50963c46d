using Worcr.Player;

namespace Worcr.EndToEnd.Jobs;

public sealed class ControlTests(SharedSilos silos)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory, EveryStore]
    public async Task A_ready_job_that_is_cancelled_never_runs(StoreKind store)
    {
        var silo = await silos.OnAsync(store);
        var type = Names.New("cancel-ready");
        var id = await silo.Api.EnqueueAsync(new { type });
        (await silo.Api.DeleteAsync($"/v1/jobs/{id}")).Expect(HttpStatusCode.OK);
        (await silo.Api.StateAsync(id)).ShouldBe("cancelled");
        await silo.Worker(type).ExpectNothingAsync();
    }

    [Theory, EveryStore]
    public async Task A_running_job_that_is_cancelled_is_taken_from_its_worker(StoreKind store)
    {
        var silo = await silos.OnAsync(store);
        var type = Names.New("cancel-running");
        await using var worker = await HubWorker.RegisterAsync(silo.Url, new() { Worker = "w", Types = [type] }, Cancel);
        var id = await silo.Api.EnqueueAsync(new { type });
        var lease = (await worker.NextJobsAsync(Cancel).OrSay("the job was never pushed"))[0].GetProperty("lease").GetString()!;
        (await silo.Api.DeleteAsync($"/v1/jobs/{id}")).Expect(HttpStatusCode.OK);
        var told = await worker.NextAsync("Cancel", Cancel).OrSay("the worker was never told that its job is cancelled");
        told[0].GetString().ShouldBe(lease);
        (await worker.ReportAsync([new { lease, outcome = "complete" }], Cancel)).ShouldBe(["stale"]);
        (await silo.Api.StateAsync(id)).ShouldBe("cancelled");
    }

    [Theory, EveryStore]
    public async Task A_finished_job_cannot_be_cancelled(StoreKind store)
    {
        var silo = await silos.OnAsync(store);
        var type = Names.New("done");
        var id = await silo.Api.EnqueueAsync(new { type });
        var worker = silo.Worker(type);
        await worker.CompleteAsync(await worker.LeaseOneAsync());
        (await silo.Api.DeleteAsync($"/v1/jobs/{id}")).ExpectProblem(HttpStatusCode.Conflict);
        (await silo.Api.StateAsync(id)).ShouldBe("succeeded");
    }

    [Theory, EveryStore]
    public async Task An_interrupted_job_yields_and_resumes_from_its_checkpoints(StoreKind store)
    {
        var silo = await silos.OnAsync(store);
        var type = Names.New("resumes");
        await using var worker = await HubWorker.RegisterAsync(silo.Url, new() { Worker = "w", Types = [type] }, Cancel);
        var id = await silo.Api.EnqueueAsync(new { type, retry = new { maxAttempts = 1 } });
        var first = (await worker.NextJobsAsync(Cancel).OrSay("the job was never pushed"))[0];
        var lease = first.GetProperty("lease").GetString()!;
        await worker.InvokeAsync("Checkpoint", Cancel, lease, "page", new { at = 17 });
        await worker.InvokeAsync("Progress", Cancel, lease, "pages", 17, 40);
        (await silo.Api.PostAsync($"/v1/jobs/{id}/interrupt")).Expect(HttpStatusCode.OK);
        (await worker.NextAsync("Interrupt", Cancel).OrSay("the worker was never asked to yield"))[0].GetString().ShouldBe(lease);
        (await worker.ReportAsync([new { lease, outcome = "yield" }], Cancel)).ShouldBe(["ok"]);

        var second = (await worker.NextJobsAsync(Cancel).OrSay("the yielded job never came back"))[0];
        second.GetProperty("id").GetString().ShouldBe(id);
        second.GetProperty("attempt").GetInt32().ShouldBe(2);
        second.GetProperty("checkpoints").GetProperty("page").GetProperty("at").GetInt32().ShouldBe(17);
        (await worker.ReportAsync([new { lease = second.GetProperty("lease").GetString(), outcome = "complete" }], Cancel)).ShouldBe(["ok"]);
        var job = await silo.Api.FinishedAsync(id);
        job.GetProperty("state").GetString().ShouldBe("succeeded");
        job.GetProperty("fails").GetInt32().ShouldBe(0);
    }

    [Theory, EveryStore]
    public async Task Only_a_running_job_can_be_interrupted(StoreKind store)
    {
        var silo = await silos.OnAsync(store);
        var id = await silo.Api.EnqueueAsync(new { type = Names.New("not-running") });
        (await silo.Api.PostAsync($"/v1/jobs/{id}/interrupt")).ExpectProblem(HttpStatusCode.Conflict);
    }

    [Theory, EveryStore]
    public async Task Bulk_actions_touch_what_matches_and_a_dry_run_touches_nothing(StoreKind store)
    {
        var silo = await silos.OnAsync(store);
        var (type, other) = (Names.New("bulk"), Names.New("bystander"));
        await silo.Api.EnqueueAllAsync(Enumerable.Range(0, 30).Select(n => new { type, tenant = n % 3 == 0 ? "a" : "b" }));
        var bystander = await silo.Api.EnqueueAsync(new { type = other });
        var match = new { types = new[] { type }, tenants = new[] { "a" } };

        (await BulkAsync(silo, new { action = "cancel", match, dryRun = true })).ShouldBe(10);
        (await silo.Api.ListAsync($"type={type}&state=cancelled")).ShouldBeEmpty();
        (await BulkAsync(silo, new { action = "cancel", match })).ShouldBe(10);
        (await silo.Api.ListAsync($"type={type}&state=cancelled")).Count.ShouldBe(10);
        (await BulkAsync(silo, new { action = "retry", match })).ShouldBe(10);
        (await silo.Api.ListAsync($"type={type}&state=ready")).Count.ShouldBe(30);
        (await BulkAsync(silo, new { action = "reweigh", match, weight = 7.5 })).ShouldBe(10);
        (await silo.Api.ListAsync($"type={type}")).Count(j => j.GetProperty("weight").GetDouble() is 7.5).ShouldBe(10);
        (await BulkAsync(silo, new { action = "discard", match = new { types = new[] { type } } })).ShouldBe(30);
        (await silo.Api.ListAsync($"type={type}&state=discarded")).Count.ShouldBe(30);
        await silo.Worker(type).ExpectNothingAsync();
        (await silo.Api.StateAsync(bystander)).ShouldBe("ready");
    }

    private static async Task<int> BulkAsync(Silo silo, object body) =>
        (await silo.Api.PostAsync("/v1/jobs/bulk", body)).Expect(HttpStatusCode.OK)["affected"].GetInt32();
}
