using System.Diagnostics;
using System.Globalization;

namespace Worcr.Testing.Postgres;

/// <summary>The server's programs, run as a user that they accept.</summary>
internal sealed class PostgresPrograms
{
    private const string ServerUser = "postgres";
    private readonly string _folder;
    private readonly bool _asServerUser = Environment.UserName == "root";

    private PostgresPrograms(string folder) => _folder = folder;

    /// <summary>The newest programs on this machine, or null.</summary>
    public static PostgresPrograms? Find()
    {
        var packaged = Directory.Exists("/usr/lib/postgresql")
            ? Directory.GetDirectories("/usr/lib/postgresql").OrderByDescending(Version).Select(d => Path.Combine(d, "bin"))
            : [];
        var inPath = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':', StringSplitOptions.RemoveEmptyEntries);
        var folder = packaged.Concat(inPath).FirstOrDefault(d => File.Exists(Path.Combine(d, "initdb")) && File.Exists(Path.Combine(d, "pg_ctl")));
        return folder is null ? null : new PostgresPrograms(folder);
    }

    /// <summary>A temporary folder that the server's user may write.</summary>
    public async Task<string> NewFolderAsync()
    {
        var folder = Directory.CreateTempSubdirectory("worcr-pg-").FullName;
        if (_asServerUser) await ExecuteAsync("chown", [ServerUser, folder]);
        return folder;
    }

    /// <summary>Deletes it.</summary>
    public static Task DeleteFolderAsync(string folder) => ExecuteAsync("rm", ["-rf", folder]);

    /// <summary>Runs one of the programs to its end.</summary>
    public Task RunAsync(string program, params string[] arguments)
    {
        var path = Path.Combine(_folder, program);
        return _asServerUser ? ExecuteAsync("runuser", ["-u", ServerUser, "--", path, .. arguments]) : ExecuteAsync(path, arguments);
    }

    // Output goes to a file and not to a pipe: pg_ctl leaves the server behind, which would keep a pipe open for ever.
    private static async Task ExecuteAsync(string program, string[] arguments)
    {
        var output = Path.GetTempFileName();
        try
        {
            var start = new ProcessStartInfo("/bin/sh") { WorkingDirectory = "/" };
            foreach (var argument in new[] { "-c", "out=$1; shift; exec \"$@\" >\"$out\" 2>&1 </dev/null", "sh", output, program }.Concat(arguments)) start.ArgumentList.Add(argument);
            using var process = Process.Start(start) ?? throw new InvalidOperationException($"cannot run {program}");
            await process.WaitForExitAsync();
            if (process.ExitCode != 0) throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} failed: {await File.ReadAllTextAsync(output)}");
        }
        finally
        {
            File.Delete(output);
        }
    }

    private static int Version(string folder) => int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out var version) ? version : 0;
}
