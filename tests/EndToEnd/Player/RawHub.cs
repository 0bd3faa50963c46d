using System.Collections.Concurrent;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using System.Threading.Channels;

namespace Worcr.Player;

/// <summary>A SignalR client written out: the JSON hub protocol over a bare WebSocket, as any language could speak it.</summary>
internal sealed class RawHub : IAsyncDisposable
{
    private const byte RecordEnd = 0x1e;
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    private readonly ClientWebSocket _socket = new();
    private readonly SemaphoreSlim _sending = new(1, 1);
    private readonly CancellationTokenSource _closing = new();
    private readonly ConcurrentDictionary<string, TaskCompletionSource<JsonElement>> _asked = new();
    private readonly Channel<HubCall> _calls = Channel.CreateUnbounded<HubCall>();
    private Task _reading = Task.CompletedTask;
    private Task _pinging = Task.CompletedTask;
    private int _lastId;

    private RawHub()
    {
    }

    /// <summary>What the server calls; ends when the connection does.</summary>
    public ChannelReader<HubCall> Calls => _calls.Reader;

    /// <summary>Connects and shakes hands.</summary>
    /// <param name="silo">The silo's address.</param>
    /// <param name="hub">Such as <c>worker</c>.</param>
    /// <param name="key">A key or token, or null.</param>
    /// <param name="read">False: never reads a byte after the handshake was sent.</param>
    /// <param name="cancel">Gives up.</param>
    public static async Task<RawHub> ConnectAsync(Uri silo, string hub, string? key, bool read, CancellationToken cancel)
    {
        var client = new RawHub();
        var address = new UriBuilder(silo) { Scheme = "ws", Path = $"/hubs/{hub}", Query = key is null ? "" : $"access_token={key}" };
        await client._socket.ConnectAsync(address.Uri, cancel);
        await client.SendAsync("""{"protocol":"json","version":1}""", cancel);
        if (!read) return client;
        var pump = new RecordReader(client._socket);
        var hello = await pump.NextAsync(cancel) ?? throw new HubException("the hub closed during the handshake");
        if (Encoding.UTF8.GetString(hello) is not "{}" and var refusal) throw new HubException(refusal);
        client._reading = client.ReadAsync(pump);
        client._pinging = client.PingAsync();
        return client;
    }

    /// <summary>Calls a method of the hub and waits for its answer.</summary>
    public async Task<JsonElement> InvokeAsync(string method, CancellationToken cancel, params object?[] arguments)
    {
        var id = Interlocked.Increment(ref _lastId).ToString(System.Globalization.CultureInfo.InvariantCulture);
        var answer = _asked.GetOrAdd(id, _ => new(TaskCreationOptions.RunContinuationsAsynchronously));
        if (_calls.Reader.Completion.IsCompleted) throw new HubException("the connection is gone");
        await SendAsync(JsonSerializer.Serialize(new { type = 1, invocationId = id, target = method, arguments }, Json), cancel);
        return await answer.Task.WaitAsync(cancel);
    }

    /// <summary>Sends raw text as one record.</summary>
    public async Task SendAsync(string record, CancellationToken cancel)
    {
        var bytes = new byte[Encoding.UTF8.GetByteCount(record) + 1];
        Encoding.UTF8.GetBytes(record, bytes);
        bytes[^1] = RecordEnd;
        await _sending.WaitAsync(cancel);
        try
        {
            await _socket.SendAsync(bytes, WebSocketMessageType.Text, endOfMessage: true, cancel);
        }
        finally
        {
            _sending.Release();
        }
    }

    /// <summary>Cuts the connection without a word.</summary>
    public void Abort() => _socket.Abort();

    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync();
        _socket.Abort();
        await Task.WhenAll(_reading, _pinging);
        _socket.Dispose();
        _sending.Dispose();
        _closing.Dispose();
    }

    private async Task PingAsync()
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(2));
        try
        {
            while (await timer.WaitForNextTickAsync(_closing.Token)) await SendAsync("""{"type":6}""", _closing.Token);
        }
        catch (Exception e) when (e is OperationCanceledException or WebSocketException or ObjectDisposedException or InvalidOperationException)
        {
            // The reader tells everybody that the connection is gone.
        }
    }

    private async Task ReadAsync(RecordReader pump)
    {
        Exception? end = null;
        try
        {
            while (await pump.NextAsync(_closing.Token) is { } record) Take(record);
        }
        catch (Exception e)
        {
            end = e;
        }

        _calls.Writer.TryComplete();
        foreach (var waiting in _asked.Values) waiting.TrySetException(new HubException($"the connection is gone: {end?.Message}"));
    }

    private void Take(byte[] record)
    {
        var message = JsonSerializer.Deserialize<JsonElement>(record);
        switch (message.GetProperty("type").GetInt32())
        {
            case 1:
                _calls.Writer.TryWrite(new HubCall(message.GetProperty("target").GetString()!, [.. message.GetProperty("arguments").EnumerateArray()]));
                break;
            case 3:
                Answer(message);
                break;
            case 7:
                throw new HubException(message.TryGetProperty("error", out var error) ? error.GetString()! : "closed by the server");
        }
    }

    private void Answer(JsonElement message)
    {
        if (!_asked.TryRemove(message.GetProperty("invocationId").GetString()!, out var waiting)) return;
        if (message.TryGetProperty("error", out var error)) waiting.TrySetException(new HubException(error.GetString()!));
        else waiting.TrySetResult(message.TryGetProperty("result", out var result) ? result : default);
    }
}
