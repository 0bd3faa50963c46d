using System.Collections.Concurrent;
using Microsoft.Extensions.Hosting;
using Worcr.Client;

namespace Worcr.EndToEnd.Workers;

/// <summary>The .NET SDK in a host, as an application would have it.</summary>
public sealed class DotnetSdkTests(SharedSilos silos)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory, EveryStore]
    public async Task A_client_enqueues_a_handler_works_and_the_result_comes_back(StoreKind store)
    {
        var silo = await silos.OnAsync(store);
        var type = Names.New("sdk");
        using var host = await StartAsync(silo.Url, w => w.Handle<SquareHandler, NumberArgs, NumberResult>(type));
        using var client = new WorcrClient(new WorcrClientOptions { Url = silo.Url });
        var result = await client.RunAsync<NumberArgs, NumberResult>(type, new NumberArgs(12), cancel: Cancel).OrSay("the SDK's job was never done");
        result!.Square.ShouldBe(144);
        await host.StopAsync(Cancel).OrSay("the SDK's worker did not stop");
    }

    [Theory, EveryStore]
    public async Task A_handler_resumes_from_its_checkpoint_after_a_failure(StoreKind store)
    {
        var silo = await silos.OnAsync(store);
        var type = Names.New("sdk-resume");
        using var host = await StartAsync(silo.Url, w => w.Handle<NumberArgs, NumberResult>(type, async (args, context) =>
        {
            if (context.Attempt == 2) return new NumberResult(context.Checkpoints.Get("at", 0));
            await context.CheckpointAsync("at", args.N + 1);
            await context.ProgressAsync("steps", 1, 2);
            await context.LogAsync("the first attempt goes wrong");
            throw new JobFailedException("the first attempt fails") { Code = "by-design" };
        }));
        var id = await silo.Api.EnqueueAsync(new { type, args = new { n = 41 }, retry = new { @base = "1ms", backoff = "fixed" } });
        var job = await silo.Api.FinishedAsync(id);
        job.GetProperty("state").GetString().ShouldBe("succeeded");
        job.GetProperty("result").GetProperty("square").GetInt32().ShouldBe(42);
        job.GetProperty("fails").GetInt32().ShouldBe(1);
        job.GetProperty("progress").GetProperty("steps").GetProperty("total").GetDouble().ShouldBe(2);
        job.GetProperty("attempts").GetRawText().ShouldContain("by-design");
    }

    [Theory, EveryStore]
    public async Task A_handler_enqueues_children_waits_for_them_and_what_follows_comes_after_all(StoreKind store)
    {
        var silo = await silos.OnAsync(store);
        var type = Names.New("sdk-family");
        var followed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var host = await StartAsync(silo.Url, w => w
            .Handle<NumberArgs, NumberResult>(type, async (args, context) =>
            {
                if (context.Children is null) await context.EnqueueChildrenAsync([.. Enumerable.Range(0, args.N).Select(n => NewJob.Of(type + ".part", new NumberArgs(n)))]);
                if (context.Children is not { Pending: 0 }) context.YieldUntilChildren();
                return new NumberResult((int)context.Children!.Succeeded);
            })
            .Handle<NumberArgs>(type + ".part", (_, _) => ValueTask.CompletedTask)
            .Handle<NumberArgs>(type + ".then", (_, _) =>
            {
                followed.SetResult();
                return ValueTask.CompletedTask;
            }));
        using var client = new WorcrClient(new WorcrClientOptions { Url = silo.Url });
        var then = NewJob.Of(type + ".then", new NumberArgs(0));
        var result = await client.RunAsync<NumberArgs, NumberResult>(type, new NumberArgs(5), options: new JobRequestOptions { Then = then }, cancel: Cancel).OrSay("the parent never came back");
        result!.Square.ShouldBe(5);
        await followed.Task.OrSay("what follows never came");
        (await silo.Api.ListAsync($"type={type}.part&state=succeeded")).Count.ShouldBe(5);
        (await silo.Api.ListAsync($"type={type}.then")).Count.ShouldBe(1);
        await host.StopAsync(Cancel).OrSay("the SDK's worker did not stop");
    }

    [Theory, EveryStore]
    public async Task A_batch_runs_in_its_order_and_its_callback_comes_once(StoreKind store)
    {
        var silo = await silos.OnAsync(store);
        var type = Names.New("sdk-batch");
        var order = new ConcurrentQueue<int>();
        var published = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var host = await StartAsync(silo.Url, w => w
            .Handle<NumberArgs>(type, (args, _) =>
            {
                order.Enqueue(args.N);
                return ValueTask.CompletedTask;
            })
            .Handle<NumberArgs>(type + ".done", (_, _) =>
            {
                published.SetResult();
                return ValueTask.CompletedTask;
            }));
        using var client = new WorcrClient(new WorcrClientOptions { Url = silo.Url });
        var batch = await client.EnqueueBatchAsync(
            new NewBatch
            {
                Jobs = [NewJob.Of(type, new NumberArgs(3)).After("second"), NewJob.Of(type, new NumberArgs(2)).Named("second").After("first"), NewJob.Of(type, new NumberArgs(1)).Named("first")],
                OnSuccess = NewJob.Of(type + ".done", new NumberArgs(0)),
                OnFailure = NewJob.Of(type + ".failed", new NumberArgs(0)),
            },
            Cancel);
        await published.Task.OrSay("the batch was never complete");
        order.ShouldBe([1, 2, 3]);
        var seen = await client.GetBatchAsync(batch.Id, Cancel);
        (seen!.Succeeded, seen.Pending, seen.OnFailure).ShouldBe((3, 0, null));
        (await silo.Api.ListAsync($"type={type}.done")).Single().GetProperty("id").GetGuid().ShouldBe(seen.OnSuccess!.Value);
        (await client.ListBatchesAsync(Cancel).AnyAsync(b => b.Id == batch.Id, Cancel)).ShouldBeTrue();
        await host.StopAsync(Cancel).OrSay("the SDK's worker did not stop");
    }

    [Theory, EveryStore]
    public async Task A_worker_whose_connection_is_cut_again_and_again_loses_nothing(StoreKind store)
    {
        var silo = await silos.OnAsync(store);
        await using var proxy = new CuttingProxy(silo.Url);
        var type = Names.New("sdk-cut");
        using var host = await StartAsync(proxy.Url, w => w.Handle<SquareHandler, NumberArgs, NumberResult>(type));
        await CutRun.CheckAsync(silo, proxy, type, () => "the .NET worker lost a job");
        await host.StopAsync(Cancel).OrSay("the SDK's worker did not stop");
    }

    private static async Task<IHost> StartAsync(Uri url, Action<WorcrWorkerOptions> handle)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Services.AddWorcrWorker(w =>
        {
            w.Url = url;
            w.Slots = 4;
            handle(w);
        });
        var host = builder.Build();
        await host.StartAsync(Cancel);
        return host;
    }
}
