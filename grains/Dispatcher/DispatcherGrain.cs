using System.Collections.Concurrent;

namespace Worcr.Grains;

/// <summary>
/// Hosts one <see cref="Dispatcher"/>: turn after turn, one thread at a time. Messages wait in a bounded inbox; flushes and reads run beside
/// the turns and come back to them. When the store fails in a way that leaves the outcome open, the grain is over (<see cref="Completion"/>
/// faults): whoever made it makes another one from the store.
/// </summary>
public sealed partial class DispatcherGrain : IDispatcher, IAsyncDisposable
{
    /// <summary>How many messages may wait; enqueues are refused beyond it, everything else waits in its order: each caller waits for its answer and says little meanwhile.</summary>
    private const int InboxLimit = 8_192;

    /// <summary>The same for enqueues of types that are never shed.</summary>
    private const int UnsheddableLimit = 4 * InboxLimit;
    private const int MessagesPerTurn = 1_024;

    private readonly Dispatcher _dispatcher;
    private readonly IJobStore _store;
    private readonly IClock _clock;
    private readonly IAlarm _alarm;
    private readonly ConcurrentQueue<Envelope> _inbox = new();
    private readonly ConcurrentQueue<Action> _returns = new();
    private readonly TurnAnswers _answers = new();
    private readonly Turns _turns;
    private readonly Action _takeTurn;
    private readonly TaskCompletionSource _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource _end = new();
    private readonly TaskCompletionSource _drained = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource _over = new();
    private Exception? _failure;
    private bool _isDraining;
    private int _waiting;

    /// <summary>Starts the turns.</summary>
    /// <param name="dispatcher">The brain; only this grain touches it from now on.</param>
    /// <param name="store">Where to write and read.</param>
    /// <param name="clock">The time.</param>
    public DispatcherGrain(Dispatcher dispatcher, IJobStore store, IClock clock)
    {
        _dispatcher = dispatcher;
        _store = store;
        _clock = clock;
        _turns = new Turns(Turn, _answers, End);
        _takeTurn = _turns.Take;
        _alarm = clock.CreateAlarm(_turns.Ask);
        _turns.Ask(); // what was due while nobody ran is due now
    }

    /// <summary>Ends when the grain is disposed of; faults with what ended it.</summary>
    public Task Completion => _completion.Task;

    /// <summary>Stops leasing, asks the workers to finish or yield, and returns when no lease is open or <paramref name="cancel"/> says that it took long enough.</summary>
    public async Task DrainAsync(string reason, CancellationToken cancel)
    {
        Return(() =>
        {
            _isDraining = true;
            _dispatcher.Drain(reason);
        });
        await using var stalled = _patience.Token.Register(() => _drained.TrySetResult()); // what workers say now cannot be kept
        Task drained = Task.WhenAny(_drained.Task, Completion).WaitAsync(cancel);
        await drained.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <summary>Gives back what workers still hold, writes what is gathered, and ends the turns. A store that takes no writes is not waited for: the next start goes on from what it has.</summary>
    public async ValueTask DisposeAsync()
    {
        var last = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Return(() => _dispatcher.CloseAll(() => last.TrySetResult()));
        await using (_patience.Token.Register(() => last.TrySetResult())) await Task.WhenAny(last.Task, Completion);
        await _end.CancelAsync();
        _turns.Ask();
        await Completion.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _alarm.Dispose();
    }

    /// <summary>The message is in the inbox before anything is waited for: what one caller says stays in its order, also when the inbox is full.</summary>
    private Task<TReply> CallAsync<TReply>(object request, CancellationToken cancel)
    {
        if (_stall is { } stall) return Task.FromException<TReply>(new StoreStalledException(isUntouched: true, stall.Error));
        if (request is EnqueueRequest enqueue && Volatile.Read(ref _waiting) is >= InboxLimit and var waiting && !(waiting < UnsheddableLimit && IsUnsheddable(enqueue)))
            return Task.FromResult((TReply)(object)new EnqueueReply([], new Refusal(RefusalKind.Overloaded, "The dispatcher's inbox is full.", RetryAfterMs: 200)));
        var patience = _patience.Token;
        return AnsweredAsync(Post<TReply>(request, cancel), patience);
    }

    private bool IsUnsheddable(EnqueueRequest request)
    {
        var types = _dispatcher.Unsheddable;
        return types.Count > 0 && request.Jobs.All(j => types.Contains(j.Shape.Type));
    }

    /// <summary>Of a worker's connection: it waits also while the store takes no writes, as the connection does.</summary>
    private Task<TReply> CallPatientlyAsync<TReply>(object request, CancellationToken cancel) => AnsweredAsync(Post<TReply>(request, cancel), _over.Token);

    private EnvelopeOf<TReply> Post<TReply>(object request, CancellationToken cancel)
    {
        var envelope = new EnvelopeOf<TReply>(request, cancel, _answers) { ArrivedAt = _clock.Now, Ahead = Interlocked.Increment(ref _waiting) - 1 };
        _inbox.Enqueue(envelope);
        _turns.Take();
        return envelope;
    }

    private async Task<TReply> AnsweredAsync<TReply>(EnvelopeOf<TReply> envelope, CancellationToken patience)
    {
        try
        {
            return await envelope.Task.WaitAsync(patience);
        }
        catch (OperationCanceledException) when (patience.IsCancellationRequested)
        {
            throw WhyNot();
        }
    }

    private void Return(Action action)
    {
        _returns.Enqueue(action);
        _turns.Ask();
    }

    private static DispatcherUnavailableException Over(Exception? failure) => new("The dispatcher of the namespace starts anew.", failure);
}
