namespace Worcr.EndToEnd.Workers;

/// <summary>Workers that are processes of their own: any program, the JavaScript SDK in Node.js.</summary>
public sealed class ProcessWorkerTests(SharedSilos silos)
{
    private const string Shell = "read args; case $args in *fail*) echo went wrong >&2; exit 3;; esac; echo \"{\\\"got\\\":$args,\\\"attempt\\\":$WORCR_ATTEMPT}\"";

    [Theory, EveryStore]
    public async Task Any_program_can_be_a_worker(StoreKind store)
    {
        var silo = await silos.OnAsync(store);
        var type = Names.New("exec");
        await using var worker = Work(silo, type, "sh", "-c", Shell);
        var good = await silo.Api.EnqueueAsync(new { type, args = new { n = 1 } });
        var bad = await silo.Api.EnqueueAsync(new { type, args = new { fail = true }, retry = new { maxAttempts = 1 } });

        var done = await silo.Api.FinishedAsync(good);
        done.GetProperty("state").GetString().ShouldBe("succeeded", worker.Output);
        done.GetProperty("result").GetProperty("got").GetProperty("n").GetInt32().ShouldBe(1);
        done.GetProperty("result").GetProperty("attempt").GetInt32().ShouldBe(1);
        (await silo.Api.FinishedAsync(bad)).GetProperty("state").GetString().ShouldBe("dead", worker.Output);

        worker.Terminate();
        (await worker.ExitAsync()).ShouldBe(0, worker.Output);
    }

    [Theory, EveryStore]
    public async Task A_terminated_worker_yields_what_it_runs(StoreKind store)
    {
        var silo = await silos.OnAsync(store);
        var type = Names.New("yields");
        var id = await silo.Api.EnqueueAsync(new { type, retry = new { maxAttempts = 1 } });
        await using var worker = Work(silo, type, "sh", "-c", "echo started >&2; exec tail -f /dev/null");
        await StartedAsync(silo, id);
        worker.Terminate();
        (await worker.ExitAsync()).ShouldBe(0, worker.Output);

        (await silo.Api.StateAsync(id)).ShouldBe("ready", worker.Output);
        var again = await silo.Worker(type).LeaseOneAsync();
        again.Id.ShouldBe(id);
        (await silo.Worker(type).CompleteAsync(again)).ShouldBe("ok");
    }

    [Theory, EveryStore]
    public async Task The_javascript_sdk_works_in_node_though_its_connection_is_cut(StoreKind store)
    {
        var silo = await silos.OnAsync(store);
        var sdk = Sdk();
        await using var proxy = new CuttingProxy(silo.Url);
        var type = Names.New("node");
        await using var worker = await NodeAsync(sdk, proxy.Url, type);
        await CutRun.CheckAsync(silo, proxy, type, () => worker.Output);
        worker.Terminate();
        (await worker.ExitAsync()).ShouldBe(0, worker.Output);
    }

    [Theory, EveryStore]
    public async Task The_javascript_sdk_makes_batches_and_waits_for_children(StoreKind store)
    {
        var silo = await silos.OnAsync(store);
        var type = Names.New("node-family");
        await using var worker = await NodeAsync(Sdk(), silo.Url, type);
        var parent = await silo.Api.EnqueueAsync(new { type = type + ".parent", args = new { n = 5 } });
        (await silo.Api.FinishedAsync(parent)).GetProperty("result").GetProperty("children").GetInt32().ShouldBe(5, worker.Output);
        (await silo.Api.ListAsync($"type={type}&state=succeeded")).Count.ShouldBe(5);

        var maker = await silo.Api.FinishedAsync(await silo.Api.EnqueueAsync(new { type = type + ".batches" }));
        maker.GetProperty("result").GetProperty("states").GetRawText().ShouldBe("""["scheduled","ready"]""", worker.Output);
        var batch = await silo.Api.CompleteBatchAsync(maker.GetProperty("result").GetProperty("batch").GetString()!);
        (batch.GetProperty("succeeded").GetInt32(), batch.GetProperty("failed").GetInt32()).ShouldBe((2, 0));
        (await silo.Api.FinishedAsync(batch.GetProperty("onComplete").GetString()!)).GetProperty("state").GetString().ShouldBe("succeeded");
    }

    private static string Sdk() => Places.Need(Path.Combine(Places.Checkout, "src/client-js/dist/index.js"), "npm ci && npm run build in src/client-js");

    private static async Task<Child> NodeAsync(string sdk, Uri silo, string type)
    {
        var worker = Child.Start(new ChildSpec
        {
            Name = "a Node.js worker",
            Program = "node",
            Arguments = [Path.Combine(Places.Checkout, "tests/EndToEnd/Workers/node-worker.mjs"), sdk, silo.ToString(), type],
        });
        await worker.LineAsync(l => l == "started", "that it has started");
        return worker;
    }

    private static Child Work(Silo silo, string type, params string[] command) => Child.Start(new ChildSpec
    {
        Name = "worcr work",
        Program = "dotnet",
        Arguments = [Places.Worcr, "work", "--url", silo.Url.ToString(), "--type", type, "--slots", "2", "--exec", .. command],
    });

    /// <summary>What a program writes to standard error is its job's log, which tells that the program runs; a log has no event to wait for.</summary>
    private static async Task StartedAsync(Silo silo, string id)
    {
        var deadline = Environment.TickCount64 + (long)Patience.Process.TotalMilliseconds;
        while (!(await silo.Api.GetAsync($"/v1/jobs/{id}/logs")).Text.Contains("started", StringComparison.Ordinal))
        {
            if (Environment.TickCount64 > deadline) throw new TimeoutException($"The program never started; the job: {await silo.Api.JobAsync(id)}");
        }
    }
}
