using System.Diagnostics.CodeAnalysis;
using Worcr.Client.Hub;
using Worcr.Protocol.Worker;

namespace Worcr.Client;

public sealed partial class WorcrWorker
{
    private static readonly TimeSpan FirstDelay = TimeSpan.FromMilliseconds(100);

    private async Task ConnectForeverAsync()
    {
        var tries = 0;
        while (!_over.IsCancellationRequested)
        {
            Exception? error = null;
            try
            {
                error = await ConnectOnceAsync(() => tries = 0).ConfigureAwait(false);
            }
            catch (WorcrException e) when (e.IsRefusal && e.Code is "invalid_field" or "invalid_parameter" or "too_large" or "unknown_method" or "worker_ended")
            {
                throw;
            }
            catch (Exception e) when (!_over.IsCancellationRequested)
            {
                error = e;
            }
            catch (OperationCanceledException)
            {
                return; // because the worker is over
            }

            if (!_over.IsCancellationRequested) await PauseAsync(tries++, error).ConfigureAwait(false);
        }
    }

    [SuppressMessage("Security", "CA5394", Justification = "Jitter needs no secrecy.")]
    private async Task PauseAsync(int tries, Exception? error)
    {
        var delay = FirstDelay * Math.Pow(2, Math.Min(tries, 16)) * (0.5 + Random.Shared.NextDouble());
        if (delay > _options.MaxReconnectDelay) delay = _options.MaxReconnectDelay * (0.5 + (Random.Shared.NextDouble() / 2));
        _log.Disconnected(_options.Url, delay, error);
        await Task.Delay(delay, _options.TimeProvider, _over.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task<Exception?> ConnectOnceAsync(Action connected)
    {
        await using var link = await WorkerLink.ConnectAsync(_options, _engine, _logs, _over.Token).ConfigureAwait(false);
        var held = _engine.Snapshot();
        var answer = await link.RegisterAsync(Registration(held), _over.Token).ConfigureAwait(false);
        _engine.Attach(link, held, answer);
        Volatile.Write(ref _link, link);
        connected();
        _log.Connected(_options.Name, _options.Url, answer.Session, answer.Accepted.Count, held.Length);
        try
        {
            if (_draining) await TellAsync(link, WorkerMethods.Drain).ConfigureAwait(false);
            await BeatAsync(link, answer.Heartbeat).ConfigureAwait(false);
            return await link.Closed.WaitAsync(_over.Token).ConfigureAwait(false);
        }
        finally
        {
            Volatile.Write(ref _link, null);
            _engine.Detach();
        }
    }

    private RegisterCall Registration(JobContext[] held) => new()
    {
        Worker = _options.Name,
        Types = _handlers.Types,
        Tags = [.. _options.Tags],
        Queues = [.. _options.Queues],
        Slots = _engine.Slots,
        Prefetch = _options.Prefetch,
        Held = [.. held.Select(job => job.Lease)],
    };

    private async Task BeatAsync(WorkerLink link, long heartbeatMs)
    {
        if (heartbeatMs <= 0) return;
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(Math.Max(heartbeatMs / 2, 10)), _options.TimeProvider);
        while (!link.Closed.IsCompleted && !_over.IsCancellationRequested)
        {
            var tick = timer.WaitForNextTickAsync(CancellationToken.None).AsTask();
            await ((Task)Task.WhenAny(tick, link.Closed)).WaitAsync(_over.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (tick.IsCompleted) await TellAsync(link, WorkerMethods.Heartbeat).ConfigureAwait(false);
        }
    }
}
