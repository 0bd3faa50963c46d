namespace Worcr.Grains;

/// <summary>
/// A store that refuses for a while: its disk is full, it takes reads only, or it is away. What is in hand is tried again and again, and is written when the store can; but
/// nobody is kept waiting for that, and nothing more is taken on:
/// <code>
///   running --refused for 2 s--> stalled: callers hear "unavailable", jobs are shown as stored --written--> running
/// </code>
/// </summary>
public sealed partial class DispatcherGrain
{
    private const int StallMs = 2_000;

    private readonly Lock _stallGate = new();
    private volatile CancellationTokenSource _patience = new();
    private volatile StalledReads? _stall;
    private int _stuck;
    private bool _isOver;

    /// <summary>Told when the store stalls, with what it says, and when it goes on: null. On any thread, in this order.</summary>
    public Action<Exception?>? StallChanged { get; set; }

    /// <summary>Calls the store until it does it. It is stuck when it has refused for long.</summary>
    private async Task RetryAsync(Func<Task> call)
    {
        var (first, isStuck) = (0L, false);
        try
        {
            for (var pause = FirstRetryMs; ; pause = Math.Min(LastRetryMs, pause * 2))
            {
                try
                {
                    await call();
                    return;
                }
                catch (StoreTransientException error) when (!_end.IsCancellationRequested)
                {
                    first = first == 0 ? _clock.Now : first;
                    if (!isStuck && _clock.Now - first >= StallMs)
                    {
                        isStuck = true;
                        Stall(error);
                    }

                    await PauseAsync(pause);
                }
            }
        }
        finally
        {
            if (isStuck) GoOn();
        }
    }

    private void Stall(Exception error)
    {
        lock (_stallGate)
        {
            if (_stuck++ > 0) return;
            _stall = new StalledReads(_dispatcher.Ownership, _store, _clock, error);
            StallChanged?.Invoke(error);
        }

        _patience.Cancel(); // outside: who waited goes on here
    }

    private void GoOn()
    {
        lock (_stallGate)
        {
            if (--_stuck > 0 || _isOver || _end.IsCancellationRequested) return;
            _patience = new CancellationTokenSource();
            _stall = null;
            StallChanged?.Invoke(null);
        }
    }

    /// <summary>Nobody is answered any more.</summary>
    private void EndPatience()
    {
        lock (_stallGate) _isOver = true;
        _over.Cancel();
        _patience.Cancel();
    }

    /// <summary>Why a call that gave up waiting did.</summary>
    private DispatcherUnavailableException WhyNot() =>
        !_over.IsCancellationRequested && _stall is { } stall ? new StoreStalledException(isUntouched: false, stall.Error) : Over(_failure);

    /// <summary>What a poll got after its caller had been told to come again.</summary>
    private async Task GiveBackAsync(Task<LeaseReply> late)
    {
        await ((Task)late).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (!late.IsCompletedSuccessfully || late.Result.Jobs.Count == 0) return;
        Post<ReportReply>(new ReportRequest([.. late.Result.Jobs.Select(j => new Report(j.Lease, ReportOutcome.Yield))]), CancellationToken.None);
    }
}
