using System.Collections.Concurrent;
using System.Threading.Channels;

namespace Worcr.Grains;

/// <summary>
/// Hosts one <see cref="Dispatcher"/>: one loop, one thread at a time. Messages wait in a bounded inbox; flushes and reads run beside
/// the loop and come back to it. When the store fails in a way that leaves the outcome open, the grain is over (<see cref="Completion"/>
/// faults): whoever made it makes another one from the store.
/// </summary>
public sealed partial class DispatcherGrain : IDispatcher, IAsyncDisposable
{
    /// <summary>How many messages may wait; enqueues are refused beyond it, everything else waits.</summary>
    private const int InboxLimit = 8_192;
    private const int MessagesPerTurn = 1_024;

    private readonly Dispatcher _dispatcher;
    private readonly IJobStore _store;
    private readonly IClock _clock;
    private readonly IAlarm _alarm;
    private readonly ConcurrentQueue<Envelope> _inbox = new();
    private readonly ConcurrentQueue<Action> _returns = new();
    private readonly Channel<bool> _wake = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true });
    private readonly SemaphoreSlim _room = new(InboxLimit, InboxLimit);
    private readonly CancellationTokenSource _end = new();
    private readonly TaskCompletionSource _drained = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource _over = new();
    private Exception? _failure;
    private bool _isDraining;

    /// <summary>Starts the loop.</summary>
    /// <param name="dispatcher">The brain; only this grain touches it from now on.</param>
    /// <param name="store">Where to write and read.</param>
    /// <param name="clock">The time.</param>
    public DispatcherGrain(Dispatcher dispatcher, IJobStore store, IClock clock)
    {
        _dispatcher = dispatcher;
        _store = store;
        _clock = clock;
        _alarm = clock.CreateAlarm(Wake);
        Completion = Task.Run(RunAsync);
        Wake(); // what was due while nobody ran is due now
    }

    /// <summary>Ends when the grain is disposed of; faults with what ended it.</summary>
    public Task Completion { get; }

    /// <summary>Stops leasing, asks the workers to finish or yield, and returns when no lease is open or <paramref name="cancel"/> says that it took long enough.</summary>
    public async Task DrainAsync(string reason, CancellationToken cancel)
    {
        Return(() =>
        {
            _isDraining = true;
            _dispatcher.Drain(reason);
        });
        Task drained = Task.WhenAny(_drained.Task, Completion).WaitAsync(cancel);
        await drained.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <summary>Gives back what workers still hold, writes what is gathered, and ends the loop.</summary>
    public async ValueTask DisposeAsync()
    {
        var last = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Return(() => _dispatcher.CloseAll(() => last.TrySetResult()));
        await Task.WhenAny(last.Task, Completion);
        await _end.CancelAsync();
        Wake();
        await Completion.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _alarm.Dispose();
    }

    private async Task<TReply> CallAsync<TReply>(object request, CancellationToken cancel)
    {
        if (!_room.Wait(0, CancellationToken.None))
        {
            if (request is EnqueueRequest) return (TReply)(object)new EnqueueReply([], new Refusal(RefusalKind.Overloaded, "The dispatcher's inbox is full.", RetryAfterMs: 200));
            await _room.WaitAsync(cancel);
        }

        var envelope = new EnvelopeOf<TReply>(request, cancel) { ArrivedAt = _clock.Now, Ahead = InboxLimit - 1 - _room.CurrentCount };
        _inbox.Enqueue(envelope);
        Wake();
        try
        {
            return await envelope.Task.WaitAsync(_over.Token);
        }
        catch (OperationCanceledException) when (_over.IsCancellationRequested)
        {
            throw Over(_failure);
        }
    }

    private void Return(Action action)
    {
        _returns.Enqueue(action);
        Wake();
    }

    private void Wake() => _wake.Writer.TryWrite(true);

    private static DispatcherUnavailableException Over(Exception? failure) => new("The dispatcher of the namespace starts anew.", failure);
}
