using System.Diagnostics;

namespace Worcr.SiloHost.Commands.Processes;

/// <summary>The end of a program that was run.</summary>
/// <param name="Code">Its exit code.</param>
/// <param name="Output">What it wrote to a file of its own; programs that start daemons would hold a pipe open.</param>
public sealed record ProgramRun(int Code, string Output)
{
    /// <summary>Runs a program to its end.</summary>
    public static async Task<ProgramRun> RunAsync(string program, IEnumerable<string> arguments, CancellationToken cancel)
    {
        var log = Path.GetTempFileName();
        try
        {
            var info = new ProcessStartInfo("sh") { WorkingDirectory = "/", UseShellExecute = false };
            foreach (var argument in (string[])["-c", "log=$1; shift; exec \"$@\" >\"$log\" 2>&1 </dev/null", "sh", log, program, .. arguments]) info.ArgumentList.Add(argument);
            using var process = Process.Start(info) ?? throw new InvalidOperationException("The process did not start.");
            await process.WaitForExitAsync(cancel);
            return new ProgramRun(process.ExitCode, await File.ReadAllTextAsync(log, CancellationToken.None));
        }
        finally
        {
            File.Delete(log);
        }
    }
}
