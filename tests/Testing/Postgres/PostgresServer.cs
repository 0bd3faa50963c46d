using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace Worcr.Testing.Postgres;

/// <summary>
/// A real PostgreSQL of its own on a free port, with its data (fsync on) in a temporary folder that goes with it. It refuses to run as root, so
/// under root it runs as the user <c>postgres</c>.
/// </summary>
public sealed class PostgresServer : IAsyncDisposable
{
    private readonly PostgresPrograms _programs;
    private readonly string _folder;
    private int _databases;

    private PostgresServer(PostgresPrograms programs, string folder, int port) => (_programs, _folder, Port) = (programs, folder, port);

    /// <summary>Where it listens, on 127.0.0.1.</summary>
    public int Port { get; }

    /// <summary>Why there can be no server here, or null.</summary>
    public static string? Missing =>
        PostgresPrograms.Find() is null ? "no PostgreSQL server programs (initdb, pg_ctl) under /usr/lib/postgresql/*/bin or in PATH" : null;

    /// <summary>Makes and starts one.</summary>
    /// <exception cref="InvalidOperationException">There are no programs, or it does not start; with the server's own words.</exception>
    public static async Task<PostgresServer> StartAsync()
    {
        var programs = PostgresPrograms.Find() ?? throw new InvalidOperationException(Missing);
        var folder = await programs.NewFolderAsync();
        var server = new PostgresServer(programs, folder, FreePort());
        await programs.RunAsync("initdb", "-D", server.Data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-locale", "--no-instructions");
        await server.StartAgainAsync();
        return server;
    }

    /// <summary>The URL of a database.</summary>
    public string UrlOf(string database) => string.Create(CultureInfo.InvariantCulture, $"postgres://postgres@127.0.0.1:{Port}/{database}");

    /// <summary>Makes a new empty database.</summary>
    /// <returns>Its URL.</returns>
    public async Task<string> NewDatabaseAsync()
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"worcr_{Interlocked.Increment(ref _databases)}");
        await ExecuteAsync("postgres", $"create database {name}");
        return UrlOf(name);
    }

    /// <summary>Runs SQL as the superuser.</summary>
    public async Task ExecuteAsync(string database, string sql)
    {
        await using var connection = new NpgsqlConnection(
            string.Create(CultureInfo.InvariantCulture, $"Host=127.0.0.1;Port={Port};Username=postgres;Database={database};Pooling=false"));
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>Starts it, again on the same port with the same data.</summary>
    public Task StartAgainAsync()
    {
        var options = string.Create(
            CultureInfo.InvariantCulture,
            $"-c listen_addresses=127.0.0.1 -p {Port} -k {_folder} -c shared_buffers=256MB -c max_wal_size=2GB -c max_connections=200");
        return _programs.RunAsync("pg_ctl", "-D", Data, "-l", Path.Combine(_folder, "log"), "-w", "-t", "60", "-o", options, "start");
    }

    /// <summary>Stops it as a power cut would: connections break, recovery runs at the next start.</summary>
    public Task CrashAsync() => StopAsync("immediate");

    /// <summary>Stops it in an orderly way, ending all sessions.</summary>
    public Task StopAsync() => StopAsync("fast");

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        if (File.Exists(Path.Combine(Data, "postmaster.pid"))) await StopAsync("immediate");
        await PostgresPrograms.DeleteFolderAsync(_folder);
    }

    private string Data => Path.Combine(_folder, "data");

    private Task StopAsync(string mode) => _programs.RunAsync("pg_ctl", "-D", Data, "-m", mode, "-w", "-t", "60", "stop");

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
