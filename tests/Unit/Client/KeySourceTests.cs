using System.Text;
using Worcr.Client;
using Worcr.Unit.Gateways;

namespace Worcr.Unit.Client;

/// <summary>Keys that a function gives: kept while they are good, asked for again in time.</summary>
public sealed class KeySourceTests
{
    private const string Unauthorized = """{"code":"unauthorized","title":"A valid key is needed","status":401}""";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_key_is_kept_until_it_is_refused_and_the_call_is_made_once_more()
    {
        var (given, good) = (0, 1);
        using var server = new StubServer { Answer = (_, _) => Task.FromResult(given >= good ? (200, "{}") : (401, Unauthorized)) };
        using var client = Client(server, _ => $"key-{++given}");
        await client.CancelAsync(Guid.Empty, Token);
        await client.CancelAsync(Guid.Empty, Token);
        good = 2;
        await client.CancelAsync(Guid.Empty, Token);
        server.Keys.ShouldBe(["key-1", "key-1", "key-1", "key-2"]);
    }

    [Fact]
    public async Task A_call_whose_new_key_is_refused_too_fails()
    {
        var given = 0;
        using var server = new StubServer { Answer = (_, _) => Task.FromResult((401, Unauthorized)) };
        using var client = Client(server, _ => $"key-{++given}");
        (await Should.ThrowAsync<WorcrException>(() => client.CancelAsync(Guid.Empty, Token))).Status.ShouldBe(401);
        server.Keys.ShouldBe(["key-1", "key-2"]);
    }

    [Fact]
    public async Task A_token_is_replaced_shortly_before_it_ends()
    {
        var time = new HastyTime();
        using var server = new StubServer { Answer = (_, _) => Task.FromResult((200, "{}")) };
        var (given, life) = (0, TimeSpan.FromMinutes(10));
        using var client = Client(server, _ => Jwt(++given, time.GetUtcNow() + life), time);
        await client.CancelAsync(Guid.Empty, Token);
        await client.CancelAsync(Guid.Empty, Token);
        given.ShouldBe(1);
        life = TimeSpan.FromSeconds(1) / 2; // it says full seconds: such a one is about to end when it comes
        server.Keys.Clear();
        using var other = Client(server, _ => Jwt(++given, time.GetUtcNow() - TimeSpan.FromSeconds(1)), time);
        await other.CancelAsync(Guid.Empty, Token);
        await other.CancelAsync(Guid.Empty, Token);
        given.ShouldBe(3);
    }

    [Fact]
    public async Task Calls_at_the_same_time_ask_once()
    {
        var (given, gate) = (0, new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously));
        using var server = new StubServer { Answer = (_, _) => Task.FromResult((200, "{}")) };
        using var client = new WorcrClient(new WorcrClientOptions
        {
            Http = server,
            KeySource = _ =>
            {
                Interlocked.Increment(ref given);
                return new ValueTask<string>(gate.Task);
            },
        });
        var calls = Enumerable.Range(0, 20).Select(_ => client.CancelAsync(Guid.Empty, Token)).ToArray();
        gate.SetResult("key");
        await Task.WhenAll(calls);
        given.ShouldBe(1);
        server.Keys.ShouldAllBe(k => k == "key");
    }

    [Fact]
    public async Task What_the_function_throws_is_thrown_by_the_call()
    {
        using var server = new StubServer { Answer = (_, _) => Task.FromResult((200, "{}")) };
        using var client = Client(server, _ => throw new InvalidDataException("no token today"));
        (await Should.ThrowAsync<InvalidDataException>(() => client.CancelAsync(Guid.Empty, Token))).Message.ShouldBe("no token today");
    }

    [Fact]
    public async Task A_worker_whose_token_is_about_to_end_connects_anew_and_its_job_goes_on()
    {
        await using var host = await GatewayHost.StartAsync();
        var (given, began, ends) = (0, Signal(), Signal());
        var options = new WorcrWorkerOptions { Url = host.Url, Name = "w", Slots = 1, KeySource = _ => ValueTask.FromResult($"key-{Interlocked.Increment(ref given)}") };
        options.Handle<int>("test", async (_, _) =>
        {
            began.TrySetResult();
            await ends.Task;
        });
        await using var worker = new WorcrWorker(options);
        var running = worker.RunAsync(Token);
        host.Dispatcher.Add(1, "test", "1");
        await began.Task.WaitAsync(Token);
        host.Dispatcher.Say(new Worcr.Grains.SessionMessage.Drain(Worcr.Protocol.KeyBounds.TokenExpires));
        await host.Dispatcher.Changes.Until(() => host.Dispatcher.Registrations.Count == 2, "the worker came back");
        host.Dispatcher.Registrations[1].Held.Count.ShouldBe(1);
        given.ShouldBe(2);
        ends.SetResult();
        await host.Dispatcher.Changes.Until(() => host.Dispatcher.Completed == 1, "the job was reported");
        host.Dispatcher.Yielded.ShouldBe(0);
        await worker.DrainAsync(Token);
        await running;
    }

    [Fact]
    public void Both_kinds_of_keys_make_no_sense()
    {
        var options = new WorcrWorkerOptions { Key = "a", KeySource = _ => ValueTask.FromResult("b") };
        options.Handle<int>("t", (_, _) => ValueTask.CompletedTask);
        Should.Throw<InvalidOperationException>(() => new WorcrWorker(options));
        Should.Throw<InvalidOperationException>(() => new WorcrClient(new WorcrClientOptions { Key = "a", KeySource = _ => ValueTask.FromResult("b") }));
    }

    private static WorcrClient Client(StubServer server, Func<CancellationToken, string> source, TimeProvider? time = null) =>
        new(new WorcrClientOptions { Http = server, KeySource = cancel => ValueTask.FromResult(source(cancel)), TimeProvider = time ?? TimeProvider.System });

    private static string Jwt(int number, DateTimeOffset end)
    {
        var claims = Encoding.UTF8.GetBytes($$"""{"n":{{number}},"exp":{{end.ToUnixTimeSeconds()}}}""");
        return $"e30.{Convert.ToBase64String(claims).TrimEnd('=').Replace('+', '-').Replace('/', '_')}.c2ln";
    }

    private static TaskCompletionSource Signal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
