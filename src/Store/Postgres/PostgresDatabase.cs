using Npgsql;
using Worcr.Store.Schema;

namespace Worcr.Store.Postgres;

/// <summary>Runs named statements: the one place where connections are opened and errors become those of the contract.</summary>
internal sealed class PostgresDatabase(NpgsqlDataSource source) : IAsyncDisposable
{
    /// <summary>The statements of this backend.</summary>
    public static SqlLibrary Sql { get; } = new("Postgres");

    /// <summary>A statement of a batch.</summary>
    public static NpgsqlBatchCommand Statement(string name, params ReadOnlySpan<NpgsqlParameter> values) => StatementOf(Sql[name], values);

    /// <summary>A statement of a batch, by its text.</summary>
    public static NpgsqlBatchCommand StatementOf(string text, params ReadOnlySpan<NpgsqlParameter> values)
    {
        var command = new NpgsqlBatchCommand(text);
        foreach (var value in values) command.Parameters.Add(value);
        return command;
    }

    /// <summary>Opens a connection.</summary>
    public async Task<NpgsqlConnection> OpenAsync(CancellationToken cancel)
    {
        try
        {
            return await source.OpenConnectionAsync(cancel);
        }
        catch (Exception e) when (PostgresErrors.OfConnecting(e) is not null)
        {
            throw PostgresErrors.OfConnecting(e)!;
        }
    }

    /// <summary>Reads in one round trip; the statements' results one after the other.</summary>
    public async Task<T> ReadAsync<T>(NpgsqlBatchCommand[] statements, Func<NpgsqlDataReader, Task<T>> read, CancellationToken cancel)
    {
        await using var connection = await OpenAsync(cancel);
        try
        {
            await using var batch = new NpgsqlBatch(connection);
            foreach (var statement in statements) batch.BatchCommands.Add(statement);
            await using var reader = await batch.ExecuteReaderAsync(cancel);
            return await read(reader);
        }
        catch (Exception e) when (PostgresErrors.OfReading(e) is not null)
        {
            throw PostgresErrors.OfReading(e)!;
        }
    }

    /// <summary>Reads the rows of one statement.</summary>
    public Task<List<T>> ListAsync<T>(NpgsqlBatchCommand statement, Func<PostgresRow, T> row, CancellationToken cancel) =>
        ReadAsync([statement], reader => RowsAsync(reader, row, cancel), cancel);

    /// <summary>The rows of the current result.</summary>
    public static async Task<List<T>> RowsAsync<T>(NpgsqlDataReader reader, Func<PostgresRow, T> row, CancellationToken cancel)
    {
        var rows = new List<T>();
        while (await reader.ReadAsync(cancel)) rows.Add(row(new PostgresRow(reader)));
        return rows;
    }

    /// <summary>Writes in one round trip and one transaction. Once sent it is not cancelled: its outcome would be unknown.</summary>
    /// <returns>How many rows all statements wrote.</returns>
    public async Task<int> WriteAsync(NpgsqlBatchCommand[] statements, CancellationToken cancel)
    {
        await using var connection = await OpenAsync(cancel);
        await using var batch = new NpgsqlBatch(connection);
        foreach (var statement in statements) batch.BatchCommands.Add(statement);
        try
        {
            return await batch.ExecuteNonQueryAsync(CancellationToken.None);
        }
        catch (Exception e) when (PostgresErrors.OfWriting(e, statements[^1]) is not null)
        {
            throw PostgresErrors.OfWriting(e, statements[^1])!;
        }
    }

    /// <summary>Writes with one statement that answers with one row.</summary>
    public async Task<T?> WriteAsync<T>(NpgsqlBatchCommand statement, Func<PostgresRow, T> row, CancellationToken cancel)
        where T : class
    {
        await using var connection = await OpenAsync(cancel);
        try
        {
            await using var batch = new NpgsqlBatch(connection);
            batch.BatchCommands.Add(statement);
            await using var reader = await batch.ExecuteReaderAsync(CancellationToken.None);
            return await reader.ReadAsync(CancellationToken.None) ? row(new PostgresRow(reader)) : null;
        }
        catch (Exception e) when (PostgresErrors.OfWriting(e, statement) is not null)
        {
            throw PostgresErrors.OfWriting(e, statement)!;
        }
    }

    public ValueTask DisposeAsync() => source.DisposeAsync();
}
