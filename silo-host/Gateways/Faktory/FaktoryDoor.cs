using Worcr.SiloHost.Api.Enqueue;
using Worcr.SiloHost.Gateways.Tcp;

namespace Worcr.SiloHost.Gateways.Faktory;

/// <summary>The handshake.</summary>
internal static class FaktoryDoor
{
    /// <summary>Greets; null when the client does not get in.</summary>
    public static async Task<FaktoryClient?> EnterAsync(TcpConnection connection, FaktorySurroundings around)
    {
        var (line, salt, iterations) = FaktoryHello.Challenge(around.Password is not null);
        if (!await connection.SayAsync(line)) return null;
        if (await connection.ReadLineAsync(within: FaktoryBounds.Handshake) is not (LineRead.Line or LineRead.BareLine)) return null;
        if (FaktoryHello.Read(connection.Line) is not { } hello) return null;
        if (around.Password is { } password && !hello.Knows(password, salt, iterations))
        {
            await connection.SayAsync(FaktoryReplies.Error("ERR", "Invalid password"));
            return null;
        }

        if (hello.Worker is { } wid && !TextCache.IsName(wid))
        {
            await connection.SayAsync(FaktoryReplies.Error("ERR", "Invalid wid"));
            return null;
        }

        var worker = hello.Worker is { } name ? around.Workers.Join(name, connection) : null;
        if (await connection.WriteAsync(FaktoryReplies.Ok)) return new FaktoryClient(connection, around, worker);
        if (worker is not null) around.Workers.Leave(worker, connection);
        return null;
    }
}
