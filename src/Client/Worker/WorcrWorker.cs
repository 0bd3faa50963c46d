using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Worcr.Client.Hub;
using Worcr.Client.Running;
using Worcr.Protocol.Worker;

namespace Worcr.Client;

/// <summary>
/// A worker: connects to the server, runs the jobs that it sends, and reports them. It connects again for ever, goes on with what it
/// held, and loses no report.
/// </summary>
public sealed partial class WorcrWorker : IAsyncDisposable
{
    private static readonly TimeSpan TickEvery = TimeSpan.FromMilliseconds(100);
    private readonly WorcrWorkerOptions _options;
    private readonly WorkerLog _log;
    private readonly ILoggerFactory _logs;
    private readonly HandlerTable _handlers;
    private readonly WorkerEngine _engine;
    private readonly CancellationTokenSource _over = new();
    private readonly Lock _gate = new();
    private Task? _running;
    private volatile bool _started;
    private WorkerLink? _link;
    private volatile bool _draining;

    /// <summary>Makes a worker; <see cref="RunAsync"/> starts it.</summary>
    /// <param name="options">How it works; not to be changed afterwards.</param>
    /// <param name="services">Where handler classes come from; not needed for delegates.</param>
    /// <param name="logs">Where it logs. Default: nowhere.</param>
    public WorcrWorker(WorcrWorkerOptions options, IServiceProvider? services = null, ILoggerFactory? logs = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        _options = options;
        _logs = logs ?? NullLoggerFactory.Instance;
        _log = new WorkerLog(_logs.CreateLogger<WorcrWorker>());
        _handlers = options.Handlers(services);
        _engine = new WorkerEngine(options, _handlers, _log, () => _ = Task.Run(() => DrainAsync()));
    }

    /// <summary>Whether there is an open session.</summary>
    public bool IsConnected => Volatile.Read(ref _link) is not null;

    /// <summary>Handlers that run now.</summary>
    public int Busy => _engine.Busy;

    /// <summary>Jobs that the worker holds: waiting for a slot, running, or finished and not yet acknowledged.</summary>
    public int Held => _engine.Held;

    /// <summary>
    /// Works until <paramref name="cancel"/> asks to stop, or an operator ends the worker; then drains, leaves, and completes. Throws only when the server
    /// refuses the worker for what it is (<see cref="WorcrException"/>; code <c>worker_ended</c>: it was ended, and came back).
    /// </summary>
    public Task RunAsync(CancellationToken cancel = default)
    {
        lock (_gate)
        {
            if (_started) throw new InvalidOperationException("The worker runs already.");
            ObjectDisposedException.ThrowIf(_over.IsCancellationRequested, this);
            _started = true;
            return _running = RunUntilAsync(cancel);
        }
    }

    /// <summary>
    /// Takes no more jobs, gives back what has not started, lets handlers finish (<see cref="WorcrWorkerOptions.DrainTimeout"/>, then asks
    /// them to stop), and leaves. <see cref="RunAsync"/> completes after that.
    /// </summary>
    /// <param name="hurry">Asks handlers to stop at once when it is cancelled.</param>
    public async Task DrainAsync(CancellationToken hurry = default)
    {
        if (_draining || !_started) return;
        _draining = true;
        _engine.Slots = 0;
        if (Volatile.Read(ref _link) is { } link) await TellAsync(link, WorkerMethods.Drain).ConfigureAwait(false);
        _engine.YieldQueued();
        var empty = _engine.WhenEmptyAsync();
        if (!await InTimeAsync(empty, _options.DrainTimeout, hurry).ConfigureAwait(false))
        {
            _engine.StopAll();
            if (!await InTimeAsync(empty, _options.StopTimeout, CancellationToken.None).ConfigureAwait(false)) _log.LeftBehind(_engine.Held);
        }

        if (Volatile.Read(ref _link) is { } last) await TellAsync(last, WorkerMethods.Leave).ConfigureAwait(false);
        await _over.CancelAsync().ConfigureAwait(false);
    }

    /// <summary>Changes how many handlers run at once.</summary>
    /// <param name="slots">0 to 10,000.</param>
    public async Task SetSlotsAsync(int slots)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(slots);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(slots, WorkerBounds.Slots);
        _engine.Slots = slots;
        if (Volatile.Read(ref _link) is { } link) await link.CallAsync(WorkerMethods.Slots, [slots], _over.Token).ConfigureAwait(false);
    }

    /// <summary>Stops at once, without draining: the server gives what was held to others after its grace time.</summary>
    public async ValueTask DisposeAsync()
    {
        await _over.CancelAsync().ConfigureAwait(false);
        if (_running is { } running) await running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing); // RunAsync's caller sees it
        _over.Dispose();
        _engine.Dispose();
    }

    private async Task RunUntilAsync(CancellationToken cancel)
    {
        var drained = Task.CompletedTask;
        await using (cancel.UnsafeRegister(_ => drained = DrainAsync(), null))
        {
            var ticking = TickAsync();
            try
            {
                await ConnectForeverAsync().ConfigureAwait(false);
            }
            finally
            {
                await _over.CancelAsync().ConfigureAwait(false);
                await ticking.ConfigureAwait(false);
            }
        }

        await drained.ConfigureAwait(false);
    }

    private async Task TellAsync(WorkerLink link, string method)
    {
        try
        {
            await link.CallAsync(method, [], _over.Token).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            _log.NoteUnsent(method, e);
            if (e is not WorcrException) link.Break();
        }
    }

    private async Task TickAsync()
    {
        using var timer = new PeriodicTimer(TickEvery, _options.TimeProvider);
        await using var end = _over.Token.UnsafeRegister(static timer => ((PeriodicTimer)timer!).Dispose(), timer);
        while (await timer.WaitForNextTickAsync().ConfigureAwait(false)) _engine.Tick();
    }

    private async Task<bool> InTimeAsync(Task task, TimeSpan limit, CancellationToken hurry)
    {
        await task.WaitAsync(limit, _options.TimeProvider, hurry).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return task.IsCompleted;
    }
}
