using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;

namespace Worcr.Store.Sqlite;

/// <summary>A few reading connections. They see the last commit and never wait for the writer; a database in memory has only the writer's.</summary>
internal sealed class SqliteReaders(string? path, SqliteWriter writer) : IAsyncDisposable
{
    private const int Connections = 4;
    private readonly ConcurrentBag<SqliteDatabase> _idle = [];
    private readonly SemaphoreSlim _free = new(Connections);

    /// <summary>Runs <paramref name="read"/> on a snapshot.</summary>
    public async Task<T> RunAsync<T>(Func<SqliteDatabase, T> read, CancellationToken cancel)
    {
        if (path is null) return await writer.RunAsync(read, cancel);
        await _free.WaitAsync(cancel);
        try
        {
            return await Task.Run(() => OnSnapshot(read), cancel);
        }
        finally
        {
            _free.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        for (var i = 0; i < Connections; i++) await _free.WaitAsync();
        while (_idle.TryTake(out var database)) database.Dispose();
        _free.Dispose();
    }

    private T OnSnapshot<T>(Func<SqliteDatabase, T> read)
    {
        if (!_idle.TryTake(out var database)) database = Open(path!);
        try
        {
            return database.InTransaction("begin_read", read);
        }
        catch (SqliteException e) when (SqliteConnectionErrors.Map(e) is not null)
        {
            throw SqliteConnectionErrors.Map(e)!;
        }
        finally
        {
            _idle.Add(database);
        }
    }

    private static SqliteDatabase Open(string file)
    {
        var database = new SqliteDatabase(file);
        database.Execute(SqliteDatabase.Sql["open_reader"]);
        return database;
    }
}
