using System.Net.Sockets;

namespace Worcr.Player;

/// <summary>A worker of a TCP protocol on some connections: each takes a job, does it, says so, and connects anew when the silo goes away.</summary>
internal abstract class SocketPlayer(int connections) : IPlayer
{
    public Task PlayAsync(CancellationToken stop) => Task.WhenAll(Enumerable.Range(0, connections).Select(_ => new Seat(this).PlayAsync(stop)));

    protected abstract Task<LineSocket> ConnectAsync(CancellationToken stop);

    /// <summary>The id of the next job, or null.</summary>
    protected abstract Task<string?> TakeAsync(LineSocket socket, CancellationToken stop);

    /// <summary>Says that a job is done; the word of the diary for what came of it, or null: not known, it is to be said again.</summary>
    protected abstract Task<string?> CompleteAsync(LineSocket socket, string job, CancellationToken stop);

    private sealed class Seat(SocketPlayer player)
    {
        private string? _held;

        public async Task PlayAsync(CancellationToken stop)
        {
            var pause = new Pause();
            while (!stop.IsCancellationRequested)
            {
                try
                {
                    using var socket = await player.ConnectAsync(stop);
                    while (true)
                    {
                        await StepAsync(socket, pause, stop);
                        pause = new Pause();
                    }
                }
                catch (Exception e) when (e is IOException or SocketException)
                {
                    await pause.NextAsync(stop);
                }
            }
        }

        private async Task StepAsync(LineSocket socket, Pause pause, CancellationToken stop)
        {
            if (_held is null)
            {
                _held = await player.TakeAsync(socket, stop);
                if (_held is null) return;
                Diary.Took(_held);
            }

            if (await player.CompleteAsync(socket, _held, stop) is not { } answer)
            {
                await pause.NextAsync(stop);
                return;
            }

            Diary.Answered(answer, "-", _held, 0);
            _held = null;
        }
    }
}
