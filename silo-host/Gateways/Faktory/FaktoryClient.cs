using Worcr.SiloHost.Gateways.Tcp;

namespace Worcr.SiloHost.Gateways.Faktory;

/// <summary>
/// One connection after its handshake: reads a command, carries it out, writes its reply, and only then reads the next. Methods that
/// answer say whether the connection goes on.
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
        catch (FaktoryException error)
        {
            return await connection.SayAsync(FaktoryReplies.Error(error.Code, error.Message));
        }
        catch (DispatcherUnavailableException error)
        {
            return await connection.SayAsync(FaktoryReplies.Error("ERR", error.Message));
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

    private Task<bool> OkAsync() => connection.WriteAsync(FaktoryReplies.Ok).AsTask();

    private static string JidOf(System.Text.Json.JsonElement json, string otherwise) =>
        json.Text("jid") is { Length: > 0 } jid ? jid : throw new FaktoryException(otherwise);
}
