using Npgsql;

namespace Worcr.SiloHost.Commands.Bench.Stores;

/// <summary>Databases of a PostgreSQL server: one that is given, or a throwaway one.</summary>
public sealed class PostgresBenchStore : IBenchStore
{
    private readonly Uri _server;
    private readonly ThrowawayPostgres? _throwaway;
    private readonly string _prefix = $"worcr_bench_{Environment.ProcessId}_";
    private int _count;

    private PostgresBenchStore(Uri server, ThrowawayPostgres? throwaway, string description)
    {
        _server = server;
        _throwaway = throwaway;
        Description = description;
    }

    /// <inheritdoc />
    public string Name => "postgres";

    /// <inheritdoc />
    public string Description { get; }

    /// <summary>Uses the server at <paramref name="databaseUrl"/>, or starts one when there is none.</summary>
    public static async Task<PostgresBenchStore> OpenAsync(string? databaseUrl, CancellationToken cancel)
    {
        var throwaway = databaseUrl is null ? await ThrowawayPostgres.StartAsync(cancel) : null;
        var server = new Uri(databaseUrl ?? throwaway!.Url);
        try
        {
            await using var source = NpgsqlDataSource.Create(ConnectionString(server, "postgres"));
            await using var command = source.CreateCommand(
                "select current_setting('server_version') || ', fsync ' || current_setting('fsync') || ', synchronous_commit ' || current_setting('synchronous_commit')");
            return new PostgresBenchStore(server, throwaway, $"PostgreSQL {await command.ExecuteScalarAsync(cancel)}");
        }
        catch (NpgsqlException error)
        {
            if (throwaway is not null) await throwaway.DisposeAsync();
            throw new CommandException($"PostgreSQL at {server.Host}:{server.Port} cannot be used: {error.Message}");
        }
    }

    /// <inheritdoc />
    public async Task<BenchDatabase> CreateAsync(CancellationToken cancel)
    {
        var name = $"{_prefix}{++_count}";
        await RunAsync($"create database {name}", cancel);
        await RunAsync("checkpoint", cancel);
        return new BenchDatabase(
            new UriBuilder(_server) { Path = name }.Uri.ToString(),
            () => RunAsync($"drop database if exists {name} with (force)", CancellationToken.None));
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        if (_throwaway is not null) await _throwaway.DisposeAsync();
    }

    private static string ConnectionString(Uri server, string database)
    {
        var user = server.UserInfo.Split(':', 2);
        return new NpgsqlConnectionStringBuilder
        {
            Host = server.Host,
            Port = server.Port > 0 ? server.Port : NpgsqlConnection.DefaultPort,
            Username = Uri.UnescapeDataString(user[0]),
            Password = user.Length > 1 ? Uri.UnescapeDataString(user[1]) : null,
            Database = database,
            Pooling = false,
        }.ConnectionString;
    }

    private async Task RunAsync(string statement, CancellationToken cancel)
    {
        await using var source = NpgsqlDataSource.Create(ConnectionString(_server, "postgres"));
        await using var command = source.CreateCommand(statement);
        await command.ExecuteNonQueryAsync(cancel);
    }
}
