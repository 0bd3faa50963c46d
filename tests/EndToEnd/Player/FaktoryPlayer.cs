using System.Globalization;
using System.Text.Json;

namespace Worcr.Player;

/// <summary>A worker of the Faktory work protocol. An ACK says nothing of whether it counted.</summary>
internal sealed class FaktoryPlayer(int port, string name, int connections) : SocketPlayer(connections)
{
    private int _fetches;

    protected override Task<LineSocket> ConnectAsync(CancellationToken stop) => LineSocket.FaktoryAsync(port, name, stop);

    protected override async Task<string?> TakeAsync(LineSocket socket, CancellationToken stop)
    {
        if (Interlocked.Increment(ref _fetches) % 10 == 0) await socket.AskAsync($$"""BEAT {"wid":"{{name}}"}""", stop);
        var head = await socket.AskAsync("FETCH default", stop);
        if (head == "$-1") return null;
        if (!head.StartsWith('$')) throw new IOException(head);
        using var job = JsonDocument.Parse(await socket.BlockAsync(int.Parse(head.AsSpan(1), NumberStyles.None, CultureInfo.InvariantCulture), stop));
        return job.RootElement.GetProperty("jid").GetString();
    }

    protected override async Task<string?> CompleteAsync(LineSocket socket, string job, CancellationToken stop) =>
        await socket.AskAsync($$"""ACK {"jid":"{{job}}"}""", stop) == "+OK" ? "done" : null;
}
