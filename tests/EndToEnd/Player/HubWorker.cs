using System.Text.Json;
using System.Threading.Channels;

namespace Worcr.Player;

/// <summary>A registered worker session on the hub, played by hand.</summary>
internal sealed class HubWorker : IAsyncDisposable
{
    private readonly RawHub _hub;

    private HubWorker(RawHub hub, JsonElement registered)
    {
        _hub = hub;
        Accepted = [.. registered.GetProperty("accepted").EnumerateArray().Select(l => l.GetString()!)];
    }

    /// <summary>Those of the held leases that are still good.</summary>
    public IReadOnlyList<string> Accepted { get; }

    /// <summary>What the dispatcher says.</summary>
    public ChannelReader<HubCall> Calls => _hub.Calls;

    public static async Task<HubWorker> RegisterAsync(Uri silo, HubRegistration registration, CancellationToken cancel)
    {
        var hub = await RawHub.ConnectAsync(silo, "worker", registration.Key, read: true, cancel);
        try
        {
            var registered = await hub.InvokeAsync("Register", cancel, new
            {
                worker = registration.Worker,
                types = registration.Types,
                tags = registration.Tags,
                queues = Array.Empty<string>(),
                slots = registration.Slots,
                prefetch = registration.Prefetch,
                held = registration.Held,
            });
            return new HubWorker(hub, registered);
        }
        catch
        {
            await hub.DisposeAsync();
            throw;
        }
    }

    /// <summary>Reports outcomes; the answers in order, <c>ok</c> or <c>stale</c>.</summary>
    public async Task<IReadOnlyList<string>> ReportAsync(IEnumerable<object> reports, CancellationToken cancel) =>
        [.. (await _hub.InvokeAsync("Report", cancel, reports)).EnumerateArray().Select(r => r.GetString()!)];

    public Task<JsonElement> InvokeAsync(string method, CancellationToken cancel, params object?[] arguments) =>
        _hub.InvokeAsync(method, cancel, arguments);

    /// <summary>The next thing the dispatcher says of this kind, skipping others.</summary>
    public async Task<IReadOnlyList<JsonElement>> NextAsync(string target, CancellationToken cancel)
    {
        await foreach (var call in Calls.ReadAllAsync(cancel))
        {
            if (call.Target == target) return call.Arguments;
        }

        throw new HubException($"the connection ended before the server called {target}");
    }

    /// <summary>The jobs of the next <c>Run</c>.</summary>
    public async Task<IReadOnlyList<JsonElement>> NextJobsAsync(CancellationToken cancel) =>
        [.. (await NextAsync("Run", cancel))[0].EnumerateArray()];

    /// <summary>Cuts the connection without a word.</summary>
    public void Abort() => _hub.Abort();

    public ValueTask DisposeAsync() => _hub.DisposeAsync();
}
