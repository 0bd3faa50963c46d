using System.Runtime.InteropServices;

namespace Worcr.SiloHost.Commands.Processes;

/// <summary>Sends signals.</summary>
public static class PosixSignals
{
    /// <summary>SIGKILL.</summary>
    public const int Kill = 9;

    /// <summary>SIGTERM.</summary>
    public const int Terminate = 15;

    /// <summary>Sends a signal to a process, or to the group -<paramref name="process"/> when it is negative; false when there is none.</summary>
    public static bool Send(int process, int signal) => SendSignal(process, signal) == 0;

    [DllImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int SendSignal(int process, int signal);
}
