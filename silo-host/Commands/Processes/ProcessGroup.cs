using System.ComponentModel;
using System.Diagnostics;

namespace Worcr.SiloHost.Commands.Processes;

/// <summary>
/// A program with everything it starts, in a session of its own (by <c>setsid</c>), so that a signal reaches all of it and Ctrl-C in the
/// terminal reaches none of it. Where there is no <c>setsid</c>, signals reach the program itself, and SIGKILL its descendants too.
/// </summary>
public sealed class ProcessGroup : IDisposable
{
    private static readonly string? SetSid = ProgramFiles.Find("setsid");

    private readonly Process _process;
    private readonly int _id;

    private ProcessGroup(Process process)
    {
        _process = process;
        _id = process.Id;
    }

    /// <summary>The program's standard input.</summary>
    public Stream Input => _process.StandardInput.BaseStream;

    /// <summary>The program's standard output.</summary>
    public Stream Output => _process.StandardOutput.BaseStream;

    /// <summary>The program's standard error.</summary>
    public Stream Errors => _process.StandardError.BaseStream;

    /// <summary>128 + n when signal n ended the program.</summary>
    public int ExitCode => _process.ExitCode;

    /// <summary>Starts a program; throws <see cref="Win32Exception"/> when that cannot be done.</summary>
    public static ProcessGroup Start(IReadOnlyList<string> command, IEnumerable<KeyValuePair<string, string>> environment)
    {
        var info = new ProcessStartInfo
        {
            FileName = SetSid ?? command[0],
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        foreach (var argument in SetSid is null ? command.Skip(1) : command) info.ArgumentList.Add(argument);
        foreach (var (name, value) in environment) info.Environment[name] = value;
        return new ProcessGroup(Process.Start(info) ?? throw new InvalidOperationException("The process did not start."));
    }

    /// <summary>Waits for the program itself to end.</summary>
    public Task WaitAsync(CancellationToken cancel) => _process.WaitForExitAsync(cancel);

    /// <summary>Asks all of it to end.</summary>
    public void Terminate()
    {
        if (!Signal(PosixSignals.Terminate) && !_process.HasExited) _ = PosixSignals.Send(_id, PosixSignals.Terminate);
    }

    /// <summary>Ends all of it.</summary>
    public void Kill()
    {
        if (!Signal(PosixSignals.Kill) && !_process.HasExited) _process.Kill(entireProcessTree: true);
    }

    /// <inheritdoc />
    public void Dispose() => _process.Dispose();

    private bool Signal(int signal) => SetSid is not null && PosixSignals.Send(-_id, signal);
}
