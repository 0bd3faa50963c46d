namespace Worcr.Grains;

/// <summary>
/// Takes turns, one at a time, on whichever thread has a reason for one: a thread that has nothing better to do takes the turn itself, because waking another one
/// costs more than most turns do. What a turn has answered is delivered by the same thread when the turn is over. The next turn waits for few answers: callers that go on at once
/// are in it then, and share its flush. While many are delivered it may run.
/// <code>
///   idle --asked--> running --asked--> asked again --turn over--> running --turn over--> idle
/// </code>
/// </summary>
/// <param name="turn">One turn; whether the next one has something to do already. What it throws ends the turns.</param>
/// <param name="answers">What the turns answer.</param>
/// <param name="ended">Told, once, why there are no more turns.</param>
internal sealed class Turns(Func<bool> turn, TurnAnswers answers, Action<Exception> ended) : IThreadPoolWorkItem
{
    private const int Idle = 0;
    private const int Running = 1;
    private const int AskedAgain = 2;
    private const int Over = 3;

    private int _state;

    /// <summary>What turns run in, so that nothing of a caller (its trace, its request) gets into what outlives it. Known after the first turn.</summary>
    private ExecutionContext? _neutral;

    /// <summary>There is a reason for a turn: it comes soon, on another thread.</summary>
    public void Ask()
    {
        if (TryStart()) Queue();
    }

    /// <summary>There is a reason for a turn, and this thread may take it: it has been taken on return, unless one was running or this thread delivers answers.</summary>
    public void Take()
    {
        if (!TryStart()) return;
        if (Delivery.IsUnderWay || _neutral is not { } neutral) Queue();
        else ExecutionContext.Run(neutral, static turns => ((Turns)turns!).Run(mayGoOn: false), this);
    }

    void IThreadPoolWorkItem.Execute()
    {
        _neutral ??= ExecutionContext.Capture();
        Run(mayGoOn: true);
    }

    /// <summary>Runs turns. A thread that has somebody to answer, or other work to go on with, leaves the next turn to another one.</summary>
    private void Run(bool mayGoOn)
    {
        bool hasMore;
        IReadOnlyList<IAnswered>? answered;
        do
        {
            hasMore = RunOne(out answered);
        }
        while (hasMore && mayGoOn && answered is null);
        if (hasMore) Queue();
        if (answered is not null) Delivery.Of(answered);
    }

    /// <summary>Runs a turn and delivers what it has answered when that is little; whether another turn has to follow.</summary>
    private bool RunOne(out IReadOnlyList<IAnswered>? answered)
    {
        answered = null;
        Interlocked.Exchange(ref _state, Running); // who asks from here on comes after what this turn sees
        bool hasMore;
        try
        {
            hasMore = turn();
        }
        catch (Exception error)
        {
            Volatile.Write(ref _state, Over);
            if (answers.Take() is { } last) Delivery.Of(last); // what was durable before the error is answered as it is
            ended(error);
            return false;
        }

        answered = answers.Take();
        if (answered is { Count: <= Delivery.Share })
        {
            Delivery.Of(answered);
            answered = null;
        }

        return hasMore || Interlocked.CompareExchange(ref _state, Idle, Running) != Running;
    }

    private void Queue() => ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);

    private bool TryStart()
    {
        while (true)
        {
            switch (Volatile.Read(ref _state))
            {
                case Idle:
                    if (Interlocked.CompareExchange(ref _state, Running, Idle) == Idle) return true;
                    break;
                case Running:
                    if (Interlocked.CompareExchange(ref _state, AskedAgain, Running) == Running) return false;
                    break;
                default:
                    return false;
            }
        }
    }
}
