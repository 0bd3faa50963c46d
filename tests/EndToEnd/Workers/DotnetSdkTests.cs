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
