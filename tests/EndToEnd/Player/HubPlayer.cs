using System.Collections.Concurrent;
using System.Net.WebSockets;

namespace Worcr.Player;

/// <summary>A worker on the hub that re-attaches what it holds and repeats reports until they are answered.</summary>
internal sealed class HubPlayer(Uri silo, string type, int slots, string name) : IPlayer
{
    /// <summary>Attempts that have been started and whose report has not been answered.</summary>
    private readonly ConcurrentDictionary<string, Attempt> _held = new();

    public async Task PlayAsync(CancellationToken stop)
    {
        var pause = new Pause();
        while (!stop.IsCancellationRequested)
        {
            try
            {
                await SessionAsync(stop);
                pause = new Pause();
            }
            catch (Exception e) when (e is HubException or WebSocketException or HttpRequestException or IOException)
            {
                await pause.NextAsync(stop);
            }
        }
    }

    private async Task SessionAsync(CancellationToken stop)
    {
        await using var worker = await HubWorker.RegisterAsync(silo, Registration(), stop);
        foreach (var lost in _held.Keys.Except(worker.Accepted)) Forget(lost);
        await ReportAsync(worker, [.. _held.Values], stop);
        await foreach (var call in worker.Calls.ReadAllAsync(stop))
        {
            if (call.Target == "Run") await RunAsync(worker, [.. call.Arguments[0].EnumerateArray().Select(Attempt.Read)], stop);
        }
    }

    private HubRegistration Registration() =>
        new() { Worker = name, Types = [type], Slots = slots, Prefetch = null, Held = [.. _held.Keys] };

    private async Task RunAsync(HubWorker worker, List<Attempt> attempts, CancellationToken stop)
    {
        foreach (var a in attempts)
        {
            _held[a.Lease] = a;
            Diary.Started(a.Lease, a.Job, a.Number);
        }

        foreach (var a in attempts) Diary.Sending(a.Lease, a.Job, a.Number);
        await ReportAsync(worker, attempts, stop);
    }

    private async Task ReportAsync(HubWorker worker, List<Attempt> attempts, CancellationToken stop)
    {
        if (attempts.Count == 0) return;
        var answers = await worker.ReportAsync(attempts.Select(a => a.Completion), stop);
        foreach (var (a, answer) in attempts.Zip(answers))
        {
            _held.TryRemove(a.Lease, out _);
            Diary.Answered(answer, a.Lease, a.Job, a.Number);
        }
    }

    private void Forget(string lease)
    {
        if (_held.TryRemove(lease, out var a)) Diary.Answered("stale", a.Lease, a.Job, a.Number);
    }
}
