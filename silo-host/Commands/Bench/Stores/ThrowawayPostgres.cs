using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Worcr.SiloHost.Commands.Processes;

namespace Worcr.SiloHost.Commands.Bench.Stores;

/// <summary>A PostgreSQL server of our own in a temporary folder, as durable as a real one; gone when disposed.</summary>
public sealed class ThrowawayPostgres : IAsyncDisposable
{
    private const string Programs = "/usr/lib/postgresql";

    private static readonly string[] Settings =
    [
        "listen_addresses=127.0.0.1", "unix_socket_directories=", "fsync=on", "full_page_writes=on", "synchronous_commit=on", "shared_buffers=512MB",
        "max_wal_size=4GB", "max_connections=100", "logging_collector=off",
    ];

    private readonly string _folder;
    private readonly string _bin;

    private ThrowawayPostgres(string folder, string bin, int port)
    {
        _folder = folder;
        _bin = bin;
        Url = string.Create(CultureInfo.InvariantCulture, $"postgres://postgres@127.0.0.1:{port}/postgres");
    }

    /// <summary>Where it is.</summary>
    public string Url { get; }

    /// <summary>Whether there is a server to start.</summary>
    public static bool IsInstalled => FindPrograms() is not null;

    /// <summary>Starts one; fails when PostgreSQL is not installed.</summary>
    public static async Task<ThrowawayPostgres> StartAsync(CancellationToken cancel)
    {
        var bin = FindPrograms() ?? throw new CommandException($"no PostgreSQL under {Programs}: install it, or name a server by --database-url");
        var folder = Directory.CreateTempSubdirectory("worcr-bench-pg-").FullName;
        if (Environment.IsPrivilegedProcess) await CommandAsync("chown", ["postgres", folder], cancel);
        var port = FreePort();
        var server = new ThrowawayPostgres(folder, bin, port);
        await server.RunAsync("initdb", ["-D", server.Data, "-A", "trust", "-U", "postgres", "-E", "UTF8", "--no-sync"], cancel);
        var options = string.Join(' ', Settings.Append(string.Create(CultureInfo.InvariantCulture, $"port={port}")).Select(setting => $"-c {setting}"));
        await server.RunAsync("pg_ctl", ["-D", server.Data, "-l", Path.Combine(folder, "log"), "-o", options, "-w", "start"], cancel);
        return server;
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await RunAsync("pg_ctl", ["-D", Data, "-m", "immediate", "-w", "stop"], CancellationToken.None);
        Directory.Delete(_folder, recursive: true);
    }

    private string Data => Path.Combine(_folder, "data");

    private static string? FindPrograms()
    {
        if (!Directory.Exists(Programs)) return null;
        return Directory.GetDirectories(Programs)
            .OrderByDescending(path => int.TryParse(Path.GetFileName(path), CultureInfo.InvariantCulture, out var version) ? version : 0)
            .Select(path => Path.Combine(path, "bin"))
            .FirstOrDefault(path => File.Exists(Path.Combine(path, "initdb")));
    }

    /// <summary>PostgreSQL refuses to run as root: then its own user runs it.</summary>
    private Task RunAsync(string program, string[] arguments, CancellationToken cancel)
    {
        var path = Path.Combine(_bin, program);
        return Environment.IsPrivilegedProcess
            ? CommandAsync("runuser", ["-u", "postgres", "--", path, .. arguments], cancel)
            : CommandAsync(path, arguments, cancel);
    }

    private static async Task CommandAsync(string program, string[] arguments, CancellationToken cancel)
    {
        var exit = await ProgramRun.RunAsync(program, arguments, cancel);
        if (exit.Code != 0) throw new CommandException($"{Path.GetFileName(program)} failed: {exit.Output.ReplaceLineEndings(" ")}");
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
