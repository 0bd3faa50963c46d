namespace Worcr.Grains;

/// <summary>The loop.</summary>
public sealed partial class DispatcherGrain
{
    /// <summary>A flush up to this size is handed to the store by the loop itself: building its statements costs less than changing the thread.</summary>
    private const int InlineOperations = 64;
    private const int LeaveMs = 1_000;
    private const int FirstRetryMs = 10;
    private const int LastRetryMs = 1_000;

    private readonly Queue<(Work Work, Task Commit)> _commits = new();
    private long _leaveAt = long.MaxValue;

    /// <summary>One turn; whether the next one has something to do already.</summary>
    private bool Turn()
    {
        _end.Token.ThrowIfCancellationRequested();
        _dispatcher.Begin(_clock.Now);
        while (_returns.TryDequeue(out var action)) action();
        TakeCommitted();
        var taken = 0;
        while (taken < MessagesPerTurn && !_dispatcher.IsFull && _inbox.TryDequeue(out var envelope))
        {
            Interlocked.Decrement(ref _waiting);
            taken++;
            _dispatcher.Handle(envelope);
        }

        TakeReads(); // what is looked up in a moment is accepted and leased in this turn's flush
        _dispatcher.RunTimers();
        _dispatcher.Serve();
        while (_dispatcher.TryTakeWork(out var work)) Commit(work);
        var isAnswered = TakeReads();
        AppendLogs();
        if (_isDraining) NoteRest();
        if (isAnswered || taken == MessagesPerTurn || !_returns.IsEmpty || _dispatcher.IsBusy) return true;
        _alarm.Set(_drained.Task.IsCompleted ? _dispatcher.NextWakeAt : Math.Min(_dispatcher.NextWakeAt, _leaveAt));
        return false;
    }

    /// <summary>
    /// Drained is when nothing runs and everything is answered, and the workers have left: an answer is on its way for a moment after it was
    /// given. Those that do not leave are waited for a little.
    /// </summary>
    private void NoteRest()
    {
        if (!_dispatcher.IsAtRest) return;
        if (_leaveAt == long.MaxValue) _leaveAt = _dispatcher.Now + LeaveMs;
        if (_dispatcher.HasWorkers && _dispatcher.Now < _leaveAt) return;
        _drained.TrySetResult();
    }

    private void TakeCommitted()
    {
        while (_commits.TryPeek(out var first) && first.Commit.IsCompleted)
        {
            _commits.Dequeue();
            first.Commit.GetAwaiter().GetResult();
            _dispatcher.Committed(first.Work);
        }
    }

    private void Commit(Work work)
    {
        var commit = work.Flush.IsEmpty ? Task.CompletedTask : CommitAsync(work.Flush, isLarge: work.Operations > InlineOperations);
        _commits.Enqueue((work, commit));
        if (commit.IsCompleted) TakeCommitted();
        else commit.GetAwaiter().UnsafeOnCompleted(_takeTurn);
    }

    /// <summary>Nothing happened after a transient error, so the same flush is tried again until the store is back.</summary>
    private async Task CommitAsync(Flush flush, bool isLarge)
    {
        if (isLarge) await Task.Yield();
        await RetryAsync(() => _store.CommitAsync(flush, _end.Token));
    }

    /// <summary>Starts reads; whether the store had an answer at hand, which is applied then.</summary>
    private bool TakeReads()
    {
        var isAnswered = false;
        while (_dispatcher.TryTakeRead(out var read))
        {
            var reading = ReadAsync(read);
            if (!reading.IsCompletedSuccessfully)
            {
                _ = ReturnAsync(read, reading);
                continue;
            }

            _dispatcher.Finished(read);
            isAnswered = true;
        }

        return isAnswered;
    }

    private async Task ReadAsync(StoreRead read)
    {
        if (!read.IsSmall) await Task.Yield();
        await RetryAsync(() => read.RunAsync(_store, _end.Token));
    }

    private async Task ReturnAsync(StoreRead read, Task reading)
    {
        try
        {
            await reading;
            _returns.Enqueue(() => _dispatcher.Finished(read));
            _turns.Take();
        }
        catch (Exception error)
        {
            Return(() => throw new InvalidOperationException("A read of the store failed.", error));
        }
    }

    private async Task PauseAsync(int ms)
    {
        var over = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var alarm = _clock.CreateAlarm(() => over.TrySetResult());
        alarm.Set(_clock.Now + ms);
        await over.Task.WaitAsync(_end.Token);
    }

    private void AppendLogs()
    {
        var lines = _dispatcher.TakeLogs();
        if (lines.Count > 0) _ = AppendLogsAsync(lines);
    }

    private async Task AppendLogsAsync(IReadOnlyList<LogLine> lines)
    {
        try
        {
            await RetryAsync(() => _store.AppendLogsAsync(lines, _end.Token));
        }
        catch (Exception error)
        {
            Return(() => throw new InvalidOperationException("Log lines could not be written.", error));
        }
    }

    private void End(Exception error)
    {
        _failure = error;
        _dispatcher.Abandon();
        EndPatience();
        if (error is OperationCanceledException && _end.IsCancellationRequested) _completion.TrySetResult();
        else _completion.TrySetException(error);
    }
}
