using System.Net.Sockets;
using Worcr.Player;

namespace Worcr.EndToEnd.Crash;

/// <summary>Enqueues one job after the other over a TCP protocol, each under an id of its own and again until it is answered.</summary>
internal sealed class LineProducer(string type, Ledger ledger, Func<CancellationToken, Task<LineSocket>> connect, Func<LineProducer.NewJob, string> write, Func<string, bool> isTaken)
{
    private const int Backlog = 400;
    private LineSocket? _socket;

    public async Task RunAsync(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            var number = ledger.NextNumber();
            var job = new NewJob(Guid.NewGuid(), type, number);
            ledger.Plan(job.Id.ToString(), number);
            await InsistAsync(job);
            await Task.WhenAny(ledger.RoomAsync(Backlog), Producer.Stopped(stop));
        }

        _socket?.Dispose();
    }

    private async Task InsistAsync(NewJob job)
    {
        var cancel = TestContext.Current.CancellationToken;
        var deadline = Environment.TickCount64 + (long)Patience.Process.TotalMilliseconds;
        var pause = new Player.Pause();
        while (!await SendAsync(job, cancel))
        {
            if (Environment.TickCount64 > deadline) throw new TimeoutException("A producer that insisted was never answered.");
            await pause.NextAsync(cancel);
        }

        ledger.Accept(job.Id.ToString(), job.Number);
    }

    private async Task<bool> SendAsync(NewJob job, CancellationToken cancel)
    {
        try
        {
            _socket ??= await connect(cancel);
            return isTaken(await _socket.AskAsync(write(job), cancel));
        }
        catch (Exception e) when (e is IOException or SocketException)
        {
            _socket?.Dispose();
            _socket = null;
            return false;
        }
    }

    /// <summary>A job to be enqueued.</summary>
    internal sealed record NewJob(Guid Id, string Type, int Number);
}
