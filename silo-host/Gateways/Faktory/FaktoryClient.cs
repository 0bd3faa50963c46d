using System.Buffers;
using Worcr.SiloHost.Gateways.Tcp;

namespace Worcr.SiloHost.Gateways.Faktory;

/// <summary>
/// One connection after its handshake: reads a command, carries it out, writes its reply, and only then reads the next; PUSHes and ACKs that lie here one behind the other
/// are carried out together. Methods that answer say whether the connection goes on.
/// </summary>
/// <param name="connection">The client.</param>
/// <param name="around">What all connections share.</param>
/// <param name="worker">The worker it belongs to; null: it named none.</param>
internal sealed partial class FaktoryClient(TcpConnection connection, FaktorySurroundings around, FaktoryWorker? worker)
{
    /// <summary>The worker's name of connections that give none.</summary>
    private const string Nameless = "faktory";

    /// <summary>Serves until the connection is over.</summary>
    public async Task ServeAsync()
    {
        try
        {
            while (await connection.ReadLineAsync() is LineRead.Line or LineRead.BareLine && await ServeLineAsync())
            {
            }
        }
        finally
        {
            if (worker is not null) around.Workers.Leave(worker, connection);
        }
    }

    private async Task<bool> ServeLineAsync()
    {
        around.CountCommand();
        try
        {
            return await ServeAsync(FaktoryRequest.Read(connection.Line));
        }
        catch (Exception error) when (error is FaktoryException or DispatcherUnavailableException)
        {
            return await connection.SayAsync(FaktoryReplies.Error(error));
        }
    }

    private Task<bool> ServeAsync(FaktoryRequest request)
    {
        Func<FaktoryRequest, Task<bool>>? serve = request.Verb switch
        {
            "PUSH" => PushAsync,
            "PUSHB" => PushManyAsync,
            "FETCH" => FetchAsync,
            "ACK" => AckAsync,
            "FAIL" => FailAsync,
            "BEAT" => BeatAsync,
            "TRACK" => TrackAsync,
            "INFO" => InfoAsync,
            "QUEUE" => QueueAsync,
            "MUTATE" => MutateAsync,
            "FLUSH" => FlushAsync,
            "BATCH" => BatchAsync,
            "END" => _ => Task.FromResult(false),
            _ => null,
        };
        if (serve is null) throw new FaktoryException($"unknown command {request.Verb}");
        connection.CountCommand(request.Verb);
        return serve(request);
    }

    /// <summary>Takes a command of this verb that the client has sent already, so that it is carried out with the one in hand.</summary>
    private bool TryTake(ReadOnlySpan<byte> verb, out FaktoryRequest request)
    {
        request = default;
        if (!connection.TryTakeLine(verb)) return false;
        request = FaktoryRequest.Read(connection.Line);
        around.CountCommand();
        connection.CountCommand(request.Verb);
        return true;
    }

    /// <summary>Sends the answers of several commands at once: OK, or what went wrong.</summary>
    private ValueTask<bool> AnswerAsync(IEnumerable<Exception?> errors)
    {
        foreach (var error in errors) connection.Write(error is null ? FaktoryReplies.Ok.Span : FaktoryReplies.Line(FaktoryReplies.Error(error)));
        return connection.FlushAsync();
    }

    private Task<bool> OkAsync() => connection.WriteAsync(FaktoryReplies.Ok).AsTask();

    /// <summary>The jid that a request names.</summary>
    public static string JidOf(System.Text.Json.JsonElement json, string otherwise) =>
        json.Text("jid") is { Length: > 0 } jid ? jid : throw new FaktoryException(otherwise);
}
