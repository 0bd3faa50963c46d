using System.Net.WebSockets;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Worcr.Grains;
using Worcr.SiloHost.Events;
using Worcr.SiloHost.Hosting;
using Worcr.Store;
using Worcr.Testing.Model;

namespace Worcr.Unit.Api;

/// <summary>The hub for events, spoken by hand over a bare WebSocket.</summary>
public sealed class EventHubTests : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private readonly FakeDispatchers _dispatchers = new();
    private readonly ClientWebSocket _socket = new();
    private readonly Queue<string> _records = new();
    private WebApplication? _app;

    public async ValueTask InitializeAsync()
    {
        var options = new SiloOptions { Urls = ["http://127.0.0.1:0"], Log = LogLevel.None };
        _app = Silo.Build(options, new SiloParts(AddFakes, static endpoints => endpoints.MapWorcrEventHub()));
        await _app.StartAsync();
        await _socket.ConnectAsync(new UriBuilder(Silo.AddressOf(_app)) { Scheme = "ws", Path = EventHub.Path }.Uri, TestContext.Current.CancellationToken);
        await SendAsync("""{"protocol":"json","version":1}""");
        (await NextAsync()).ToJsonString().ShouldBe("{}");
    }

    public async ValueTask DisposeAsync()
    {
        _socket.Dispose();
        await _app!.StopAsync();
        await _app.DisposeAsync();
    }

    [Fact]
    public async Task Events_are_the_stream_of_a_call()
    {
        _dispatchers.Default.OnEvents = (_, cancel) => TellAsync(cancel);
        await SendAsync("""{"type":4,"invocationId":"1","target":"Subscribe","arguments":[{"events":["job.dead"],"tenant":"acme"}]}""");
        var item = (await NextAsync())["item"]!;
        ((long)item["id"]!, (string?)item["event"], (string?)item["at"], (string?)item["data"]!["code"]).ShouldBe((3, "job.dead", "2026-05-28T20:26:40.000Z", "smtp"));
        item.AsObject().ContainsKey("worker").ShouldBeFalse();
        var asked = _dispatchers.Default.Only<EventsRequest>();
        asked.Events.ShouldBe(["job.dead"]);
        asked.Tenant.ShouldBe("acme");
        foreach (var part in _app!.Services.GetServices<IDrainable>()) await part.DrainAsync(CancellationToken.None);
        var end = await NextAsync();
        ((int)end["type"]!, end["error"]).ShouldBe((3, null));
    }

    [Fact]
    public async Task A_misspelt_filter_is_refused()
    {
        await SendAsync("""{"type":4,"invocationId":"1","target":"Subscribe","arguments":[{"events":["job.died"]}]}""");
        ((string?)(await NextAsync())["error"]).ShouldNotBeNull().ShouldContain("invalid_parameter: events: 'job.died'");
    }

    private static async IAsyncEnumerable<DispatcherEvent> TellAsync([EnumeratorCancellation] CancellationToken cancel)
    {
        yield return new DispatcherEvent(3, 1_780_000_000_000, "job.dead", Data: Samples.Utf8("""{"code":"smtp"}"""));
        var never = new TaskCompletionSource();
        await never.Task.WaitAsync(cancel);
    }

    private Task SendAsync(string json) =>
        _socket.SendAsync(Encoding.UTF8.GetBytes(json + '\u001e'), WebSocketMessageType.Text, true, TestContext.Current.CancellationToken);

    /// <summary>The next record that is no ping.</summary>
    private async Task<JsonNode> NextAsync()
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(Patience);
        var buffer = new byte[16_384];
        while (true)
        {
            while (_records.TryDequeue(out var record))
            {
                if (!record.Contains("\"type\":6", StringComparison.Ordinal)) return JsonNode.Parse(record)!;
            }

            var received = await _socket.ReceiveAsync(buffer, patience.Token);
            foreach (var record in Encoding.UTF8.GetString(buffer, 0, received.Count).Split('\u001e', StringSplitOptions.RemoveEmptyEntries)) _records.Enqueue(record);
        }
    }

    private void AddFakes(IServiceCollection services, SiloOptions options) =>
        services.AddSingleton<IDispatchers>(_dispatchers).AddSingleton<IKeyStore>(new ModelJobStore(new ModelDatabase()));
}
