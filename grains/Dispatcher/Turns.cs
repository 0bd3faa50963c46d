namespace Worcr.Grains;

/// <summary>
/// Takes turns, one at a time, on whichever thread has a reason for one: a thread that has nothing better to do takes the turn itself, because waking another one
/// costs more than most turns do.
/// <code>
///   idle --asked--> running --asked--> asked again --turn over--> running --turn over--> idle
/// </code>
/// </summary>
/// <param name="turn">One turn; whether the next one has something to do already. What it throws ends the turns.</param>
/// <param name="ended">Told, once, why there are no more turns.</param>
internal sealed class Turns(Func<bool> turn, Action<Exception> ended) : IThreadPoolWorkItem
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
        if (TryStart()) ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
    }

    /// <summary>There is a reason for a turn, and this thread may take it: it has been taken on return, unless one was running.</summary>
    public void Take()
    {
        if (!TryStart()) return;
        if (_neutral is not { } neutral) ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
        else ExecutionContext.Run(neutral, static turns => ((Turns)turns!).TakeOne(), this);
    }

    void IThreadPoolWorkItem.Execute()
    {
        _neutral ??= ExecutionContext.Capture();
        while (RunOne())
        {
        }
    }

    /// <summary>One turn only: whoever came along goes on with its own work.</summary>
    private void TakeOne()
    {
        if (RunOne()) ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
    }

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

    /// <summary>Runs a turn; whether another one has to follow.</summary>
    private bool RunOne()
    {
        Interlocked.Exchange(ref _state, Running); // who asks from here on comes after what this turn sees
        try
        {
            return turn() || Interlocked.CompareExchange(ref _state, Idle, Running) != Running;
        }
        catch (Exception error)
        {
            Volatile.Write(ref _state, Over);
            ended(error);
            return false;
        }
    }
}
