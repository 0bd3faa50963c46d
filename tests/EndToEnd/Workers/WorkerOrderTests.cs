using Worcr.Client;
using Worcr.Player;

namespace Worcr.EndToEnd.Workers;

/// <summary>An operator makes single workers of every transport quiet, ends them, and lets them go on.</summary>
public sealed class WorkerOrderTests(SharedSilos silos)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory, EveryStore]
    public async Task A_quiet_hub_worker_gets_nothing_over_any_connection_until_it_may_go_on(StoreKind store)
    {
        Databases.Need(store);
        await using var silo = await Silo.StartAsync(new SiloSpec { DatabaseUrl = await Databases.NewAsync(store) });
        var type = Names.New("quiet");
        var registration = new HubRegistration { Worker = type, Types = [type] };
        await using (var worker = await HubWorker.RegisterAsync(silo.Url, registration, Cancel))
        {
            (await OrderAsync(silo, type, "quiet"))["order"].GetString().ShouldBe("quiet");
        }

        await silo.KillAsync();
        await silo.RestartAsync();
        await using var again = await HubWorker.RegisterAsync(silo.Url, registration, Cancel);
        var id = await silo.Api.EnqueueAsync(new { type });
        var workers = (await silo.Api.GetAsync("/v1/workers")).Expect(HttpStatusCode.OK);
        workers["workers"][0].GetProperty("state").GetString().ShouldBe("quiet");
        workers["orders"][0].GetProperty("worker").GetString().ShouldBe(type);
        (await silo.Api.GetAsync($"/v1/jobs/{id}/explain"))["reasons"][0].GetProperty("code").GetString().ShouldBe("workers-quiet");
        await OrderAsync(silo, type, "resume");
        (await again.NextJobsAsync(Cancel).OrSay("the worker went on and got nothing")).Single().GetProperty("id").GetString().ShouldBe(id);
    }

    [Theory, EveryStore]
    public async Task A_dotnet_worker_that_is_ended_finishes_leaves_and_is_done(StoreKind store)
    {
        var silo = await silos.OnAsync(store);
        var type = Names.New("ended");
        var (began, ends) = (Signal(), Signal());
        var options = new WorcrWorkerOptions { Url = silo.Url, Name = type, Slots = 1 };
        options.Handle<NumberArgs>(type, async (_, _) =>
        {
            began.TrySetResult();
            await ends.Task;
        });
        await using var worker = new WorcrWorker(options);
        var running = worker.RunAsync(Cancel);
        var first = await silo.Api.EnqueueAsync(new { type, args = new { n = 1 } });
        await began.Task.OrSay("the handler never began");
        var second = await silo.Api.EnqueueAsync(new { type, args = new { n = 2 } });
        (await OrderAsync(silo, type, "end"))["held"].GetInt32().ShouldBeGreaterThan(0);
        ends.SetResult();
        await running.OrSay("the worker that was ended went on");
        (await silo.Api.StateAsync(first)).ShouldBe("succeeded");
        (await silo.Api.StateAsync(second)).ShouldBe("ready");
        (await silo.Api.PostAsync($"/v1/workers/{type}/resume", new { })).ExpectProblem(HttpStatusCode.NotFound);
        await using var next = await HubWorker.RegisterAsync(silo.Url, new() { Worker = type, Types = [type] }, Cancel);
        await next.NextJobsAsync(Cancel).OrSay("its name was not free");
    }

    [Theory, EveryStore]
    public async Task A_worker_that_polls_is_made_quiet_and_ended(StoreKind store)
    {
        var silo = await silos.OnAsync(store);
        var type = Names.New("polls");
        var worker = silo.Worker(type);
        await silo.Api.EnqueueAsync(new { type });
        var job = await worker.LeaseOneAsync();
        await OrderAsync(silo, "w-" + type, "quiet");
        await silo.Api.EnqueueAsync(new { type });
        var lease = new { worker = "w-" + type, types = new[] { type }, wait = "0s" };
        var answer = (await silo.Api.PostAsync("/v1/worker/lease", lease)).Expect(HttpStatusCode.OK);
        (answer["jobs"].GetArrayLength(), answer["quiet"].GetBoolean()).ShouldBe((0, true));
        (await worker.CompleteAsync(job)).ShouldBe("ok");
        await OrderAsync(silo, "w-" + type, "end");
        (await silo.Api.PostAsync("/v1/worker/lease", lease)).ExpectProblem(HttpStatusCode.Conflict).ShouldBe("worker_ended");
        await OrderAsync(silo, "w-" + type, "resume");
        await worker.LeaseOneAsync();
    }

    [Fact]
    public async Task An_endpoint_that_is_quiet_is_sent_nothing_and_one_that_is_ended_comes_back_when_it_may()
    {
        var silo = await silos.OnAsync(StoreKind.Sqlite);
        await using var target = await PushTarget.StartAsync();
        var type = Names.New("endpoint");
        (await silo.Api.PutAsync($"/v1/endpoints/{type}", new { url = target.Url, types = new[] { type } })).Expect(HttpStatusCode.Created);
        await silo.Api.EnqueueAsync(new { type });
        (await target.NextAsync()).Answer(200);
        foreach (var order in (string[])["quiet", "end"])
        {
            await OrderAsync(silo, $"endpoint:{type}", order);
            var id = await silo.Api.EnqueueAsync(new { type });
            (await silo.Api.StateAsync(id)).ShouldBe("ready");
            target.Unread.ShouldBe(0);
            await OrderAsync(silo, $"endpoint:{type}", "resume");
            var request = await target.NextAsync();
            request.Job.Id.ShouldBe(id);
            request.Answer(200);
            await silo.Api.FinishedAsync(id);
        }
    }

    private static async Task<Reply> OrderAsync(Silo silo, string worker, string order) =>
        (await silo.Api.PostAsync($"/v1/workers/{Uri.EscapeDataString(worker)}/{order}", new { })).Expect(HttpStatusCode.OK);

    private static TaskCompletionSource Signal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
