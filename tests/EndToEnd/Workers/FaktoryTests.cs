namespace Worcr.EndToEnd.Workers;

/// <summary>The published Faktory packages for Node.js, as they are, against the real process.</summary>
public sealed class FaktoryTests
{
    private const string Password = "open-sesame";

    [Theory, EveryStore]
    public async Task The_published_clients_get_along(StoreKind store)
    {
        var port = Places.FreePort();
        await using var silo = await StartAsync(store, port);
        await RunAsync("scenario.mjs", port, Names.New("queue"));
    }

    [Theory, EveryStore]
    public async Task Jobs_go_from_rest_to_the_published_worker_and_back(StoreKind store)
    {
        var port = Places.FreePort();
        var queue = Names.New("queue");
        await using var silo = await StartAsync(store, port);
        await using var worker = Node("worker.mjs", port, queue);
        await worker.LineAsync(l => l == "started", "that it has started");

        var good = await silo.Api.EnqueueAsync(new { type = "square", queue, args = 3 });
        var bad = await silo.Api.EnqueueAsync(new { type = "square", queue, args = new[] { -3 }, retry = new { maxAttempts = 1 } });
        await silo.Api.EnqueueAsync(new { type = "relay", queue, args = new { n = 5 } });
        (await silo.Api.FinishedAsync(good)).GetProperty("state").GetString().ShouldBe("succeeded", worker.Output);
        var dead = await silo.Api.FinishedAsync(bad);
        dead.GetProperty("state").GetString().ShouldBe("dead", worker.Output);
        dead.GetProperty("error").GetProperty("code").GetString().ShouldBe("ENEGATIVE");

        var rest = silo.Worker("relayed");
        var relayed = await rest.LeaseOneAsync();
        relayed.Args.GetRawText().ShouldBe("[{\"n\":5}]");
        (await rest.CompleteAsync(relayed, "fine")).ShouldBe("ok");
        (await silo.Api.JobAsync(relayed.Id)).GetProperty("tenant").GetString().ShouldBe("relay");

        worker.Terminate();
        (await worker.ExitAsync()).ShouldBe(0, worker.Output);
    }

    [Theory, EveryStore]
    public async Task What_was_fetched_before_kill_9_is_acknowledged_after_it(StoreKind store)
    {
        var port = Places.FreePort();
        var queue = Names.New("queue");
        await using var silo = await StartAsync(store, port);
        var id = await silo.Api.EnqueueAsync(new { type = "square", queue, args = new[] { 2 } });
        await RunAsync("call.mjs", port, queue, "fetch");
        (await silo.Api.StateAsync(id)).ShouldBe("running");
        await silo.KillAsync();
        await silo.RestartAsync();
        (await silo.Api.StateAsync(id)).ShouldBe("running");
        await RunAsync("call.mjs", port, queue, "ack", id);
        (await silo.Api.StateAsync(id)).ShouldBe("succeeded");
    }

    private static async Task RunAsync(string script, int port, params string[] arguments)
    {
        await using var client = Node(script, port, arguments);
        await client.LineAsync(l => l == "done", "that all was as it should be");
        (await client.ExitAsync()).ShouldBe(0, client.Output);
    }

    private static Child Node(string script, int port, params string[] arguments)
    {
        var folder = Path.Combine(Places.Checkout, "tests/EndToEnd/Faktory");
        Places.Need(Path.Combine(folder, "node_modules/faktory-worker/package.json"), $"npm ci in {folder}");
        return Child.Start(new ChildSpec
        {
            Name = script,
            Program = "node",
            Arguments = [Path.Combine(folder, script), $"tcp://:{Password}@127.0.0.1:{port}", .. arguments],
        });
    }

    private static async Task<Silo> StartAsync(StoreKind store, int port)
    {
        Databases.Need(store);
        return await Silo.StartAsync(new SiloSpec
        {
            DatabaseUrl = await Databases.NewAsync(store),
            Environment = new Dictionary<string, string> { ["WORCR_FAKTORY"] = $"127.0.0.1:{port}", ["WORCR_FAKTORY_PASSWORD"] = Password },
        });
    }
}
