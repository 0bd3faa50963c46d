namespace Worcr.EndToEnd.Examples;

/// <summary>The workers in docs/examples run, and docs/workers.md shows them as they are.</summary>
public sealed class WorkerExampleTests(SharedSilos silos)
{
    private static readonly string Folder = Path.Combine(Places.Checkout, "docs/examples");

    [Theory]
    [InlineData("curl-worker.sh", "sh", 15)]
    [InlineData("websocket-worker.mjs", "js", 30)]
    public async Task The_document_shows_the_file_and_tells_its_length(string file, string language, int lines)
    {
        var text = await File.ReadAllTextAsync(Path.Combine(Folder, file), TestContext.Current.CancellationToken);
        new Document("docs/workers.md").Block(language, text.Split('\n')[0]).ShouldBe(text);
        text.Count(c => c == '\n').ShouldBe(lines);
    }

    [Fact]
    public void Every_example_is_tested() =>
        Directory.GetFiles(Folder).Select(Path.GetFileName).ShouldBe(["curl-worker.sh", "websocket-worker.mjs"], ignoreOrder: true);

    [Theory, EveryStore]
    public async Task The_worker_with_curl_completes_and_fails_jobs(StoreKind store)
    {
        var silo = await silos.OnAsync(store);
        var type = Names.New("curl");
        await using var worker = Child.Start(new ChildSpec
        {
            Name = "curl-worker.sh",
            Program = Path.Combine(Folder, "curl-worker.sh"),
            Arguments = [silo.Url.ToString().TrimEnd('/'), type, "jq", "-c", "{square: (.n * .n)}"],
        });
        var good = await silo.Api.EnqueueAsync(new { type, args = new { n = 12, text = "a\\b é" } });
        var bad = await silo.Api.EnqueueAsync(new { type, args = "no number", retry = new { maxAttempts = 1 } });
        (await silo.Api.FinishedAsync(good)).GetProperty("result").GetProperty("square").GetInt32().ShouldBe(144, worker.Output);
        var failed = await silo.Api.FinishedAsync(bad);
        failed.GetProperty("state").GetString().ShouldBe("dead", worker.Output);
        failed.GetProperty("error").GetProperty("code").GetString()!.ShouldStartWith("exit-");

        worker.Terminate();
        await silo.Api.EnqueueAsync(new { type }); // ends the request that is left over
        await worker.ExitAsync();
    }

    [Theory, EveryStore]
    public async Task The_worker_over_a_bare_websocket_loses_nothing_though_its_connection_is_cut(StoreKind store)
    {
        var silo = await silos.OnAsync(store);
        await using var proxy = new CuttingProxy(silo.Url);
        var type = Names.New("websocket");
        await using var worker = Child.Start(new ChildSpec
        {
            Name = "websocket-worker.mjs",
            Program = "node",
            Arguments = ["--experimental-websocket", Path.Combine(Folder, "websocket-worker.mjs"), $"ws://{proxy.Url.Authority}/hubs/worker", type],
        });
        await Workers.CutRun.CheckAsync(silo, proxy, type, () => worker.Output);
        var bad = await silo.Api.EnqueueAsync(new { type, retry = new { maxAttempts = 1 } });
        (await silo.Api.FinishedAsync(bad)).GetProperty("error").GetProperty("code").GetString().ShouldBe("TypeError", worker.Output);
    }
}
