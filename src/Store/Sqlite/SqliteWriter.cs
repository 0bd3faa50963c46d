using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using Microsoft.Data.Sqlite;

namespace Worcr.Store.Sqlite;

/// <summary>
/// The writing connection and its thread. Work is done one piece after the other, in the order of its arrival: by the thread, or, when it is
/// short and nothing waits, by the caller.
/// </summary>
internal sealed class SqliteWriter : IAsyncDisposable
{
    private readonly BlockingCollection<Action> _queue = new(new ConcurrentQueue<Action>());
    private readonly Lock _turn = new();
    private readonly SqliteDatabase _database;
    private readonly TaskCompletionSource _stopped = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public SqliteWriter(string? path)
    {
        _database = new SqliteDatabase(path);
        try
        {
            _database.Execute(SqliteDatabase.Sql["open"]);
        }
        catch (SqliteException e)
        {
            _database.Dispose();
            throw SqliteConnectionErrors.Map(e) ?? new StoreSchemaException($"SQLite cannot use the file: {e.Message}", e);
        }

        new Thread(Run) { IsBackground = true, Name = "worcr-sqlite" }.Start();
    }

    /// <summary>Runs <paramref name="work"/> on the thread. Cancelled only before it starts.</summary>
    public Task<T> RunAsync<T>(Func<SqliteDatabase, T> work, CancellationToken cancel)
    {
        var done = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        try
        {
            _queue.Add(() => Do(work, done, cancel), cancel);
        }
        catch (InvalidOperationException e)
        {
            throw new ObjectDisposedException("the SQLite store is closed", e);
        }

        return done.Task;
    }

    /// <summary>
    /// Runs <paramref name="work"/> at once on this thread when the connection is free: waking the thread and being woken by it costs more than a
    /// short transaction. Else as <see cref="RunAsync"/>.
    /// </summary>
    public Task<T> RunShortAsync<T>(Func<SqliteDatabase, T> work, CancellationToken cancel) =>
        TryRunShort(work, cancel, out var done) ? done : RunAsync(work, cancel);

    /// <summary>The same; false, and nothing is done, when the connection is not free.</summary>
    public bool TryRunShort<T>(Func<SqliteDatabase, T> work, CancellationToken cancel, [NotNullWhen(true)] out Task<T>? answer)
    {
        answer = null;
        if (_queue.Count > 0 || _queue.IsAddingCompleted || !_turn.TryEnter()) return false;
        var done = new TaskCompletionSource<T>();
        try
        {
            Do(work, done, cancel);
        }
        finally
        {
            _turn.Exit();
        }

        answer = done.Task;
        return true;
    }

    public async ValueTask DisposeAsync()
    {
        if (_queue.IsAddingCompleted) return;
        _queue.CompleteAdding();
        await _stopped.Task;
        _queue.Dispose();
    }

    private void Do<T>(Func<SqliteDatabase, T> work, TaskCompletionSource<T> done, CancellationToken cancel)
    {
        if (cancel.IsCancellationRequested)
        {
            done.SetCanceled(cancel);
            return;
        }

        try
        {
            done.SetResult(work(_database));
        }
        catch (SqliteException e)
        {
            done.SetException(SqliteConnectionErrors.Map(e) ?? e);
        }
        catch (Exception e)
        {
            done.SetException(e);
        }
    }

    private void Run()
    {
        try
        {
            while (!_queue.IsCompleted)
            {
                if (!_queue.TryTake(out var work, Timeout.Infinite)) continue; // and so nothing of the last work, its answer least of all, is kept alive meanwhile
                lock (_turn) work();
            }

            lock (_turn) _database.Dispose();
            _stopped.SetResult();
        }
        catch (Exception e)
        {
            _stopped.SetException(e);
        }
    }
}
