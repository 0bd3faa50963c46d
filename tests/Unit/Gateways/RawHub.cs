using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Worcr.Unit.Gateways;

/// <summary>The hub protocol spoken by hand over a bare WebSocket, as src/Protocol/Worker/README.md tells any language to.</summary>
public sealed class RawHub : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private readonly ClientWebSocket _socket = new();
    private readonly StringBuilder _text = new();
    private readonly Queue<string> _records = new();
    private int _calls;

    public static async Task<RawHub> ConnectAsync(Uri url, string query = "")
    {
        var hub = new RawHub();
        await hub._socket.ConnectAsync(new UriBuilder(url) { Scheme = "ws", Path = "/hubs/worker", Query = query }.Uri, CancellationToken.None);
        await hub.SendAsync("""{"protocol":"json","version":1}""");
        (await hub.NextAsync())["error"].ShouldBeNull();
        return hub;
    }

    public static async Task<RawHub> RegisterAsync(Uri url, int slots, string worker = "w", params string[] held)
    {
        var hub = await ConnectAsync(url);
        await hub.CallAsync("Register", new { worker, types = new[] { "*" }, slots, prefetch = 0, held });
        return hub;
    }

    /// <summary>Sends one record.</summary>
    public Task SendAsync(string json) => SendBytesAsync(Encoding.UTF8.GetBytes(json + '\u001e'));

    public Task SendBytesAsync(byte[] bytes) => _socket.SendAsync(bytes, WebSocketMessageType.Text, true, CancellationToken.None);

    /// <summary>Calls, and gives the completion.</summary>
    public async Task<JsonNode> CallAsync(string method, params object?[] args)
    {
        var id = (++_calls).ToString(System.Globalization.CultureInfo.InvariantCulture);
        await SendAsync(JsonSerializer.Serialize(new { type = 1, invocationId = id, target = method, arguments = args }));
        return await CompletionAsync(id);
    }

    public async Task<JsonNode> CompletionAsync(string id)
    {
        for (; ; )
        {
            var record = await NextAsync();
            if ((int?)record["type"] == 3 && (string?)record["invocationId"] == id) return record;
            Heard.Add(record);
        }
    }

    /// <summary>The answer to whichever call is answered next.</summary>
    public async Task<JsonNode> NextCompletionAsync()
    {
        for (; ; )
        {
            var record = await NextAsync();
            if ((int?)record["type"] == 3) return record;
            if ((int?)record["type"] == 7) throw new EndOfStreamException((string?)record["error"]);
            Heard.Add(record);
        }
    }

    /// <summary>The arguments of the next call of the server.</summary>
    public async Task<JsonArray> ServerCallAsync(string target)
    {
        for (; ; )
        {
            var known = Heard.FirstOrDefault(record => (string?)record["target"] == target);
            if (known is not null)
            {
                Heard.Remove(known);
                return known["arguments"]!.AsArray();
            }

            Heard.Add(await NextAsync());
        }
    }

    /// <summary>The leases of the next <c>Run</c>.</summary>
    public async Task<string[]> RunAsync() => [.. (await ServerCallAsync("Run"))[0]!.AsArray().Select(job => (string)job!["lease"]!)];

    /// <summary>Reads until the server ends the connection.</summary>
    public async Task EndAsync()
    {
        try
        {
            for (; ; ) await NextAsync();
        }
        catch (Exception e) when (e is WebSocketException or EndOfStreamException)
        {
            // this is what was waited for
        }
    }

    public void Dispose() => _socket.Dispose();

    private List<JsonNode> Heard { get; } = [];

    private async Task<JsonNode> NextAsync()
    {
        using var limit = new CancellationTokenSource(Patience);
        var buffer = new byte[64 * 1024];
        for (; ; )
        {
            while (_records.TryDequeue(out var record))
            {
                var node = JsonNode.Parse(record)!;
                if ((int?)node["type"] != 6) return node;
            }

            var received = await _socket.ReceiveAsync(buffer, limit.Token);
            if (received.MessageType == WebSocketMessageType.Close) throw new EndOfStreamException();
            _text.Append(Encoding.UTF8.GetString(buffer, 0, received.Count));
            if (!received.EndOfMessage) continue;
            foreach (var record in _text.ToString().Split('\u001e', StringSplitOptions.RemoveEmptyEntries)) _records.Enqueue(record);
            _text.Clear();
        }
    }
}
