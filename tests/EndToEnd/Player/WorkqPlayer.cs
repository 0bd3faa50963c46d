using System.Globalization;

namespace Worcr.Player;

/// <summary>A worker of the Workq protocol. It completes by id; the first completion of a job is the only one that is accepted.</summary>
internal sealed class WorkqPlayer(int port, string type, int connections) : SocketPlayer(connections)
{
    protected override Task<LineSocket> ConnectAsync(CancellationToken stop) => LineSocket.ConnectAsync(port, stop);

    protected override async Task<string?> TakeAsync(LineSocket socket, CancellationToken stop)
    {
        var head = await socket.AskAsync($"lease {type} 2000", stop);
        if (head == "-TIMEOUT") return null;
        if (head != "+OK 1") throw new IOException(head);
        var words = (await socket.LineAsync(stop)).Split(' ');
        await socket.BlockAsync(int.Parse(words[3], CultureInfo.InvariantCulture), stop);
        return words[0];
    }

    protected override async Task<string?> CompleteAsync(LineSocket socket, string job, CancellationToken stop) => await socket.AskAsync($"complete {job} 2\r\n17", stop) switch
    {
        "+OK" => "finished",
        "-CLIENT-ERROR Duplicate result" => "stale",
        var refused when refused.StartsWith("-SERVER-ERROR", StringComparison.Ordinal) => null,
        var wrong => throw new InvalidOperationException($"A completion was answered {wrong}"),
    };
}
