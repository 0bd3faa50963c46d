using System.Runtime.InteropServices;

namespace Worcr.Unit.Commands;

/// <summary>
/// The end of a process that is not a child of ours: a signal is on its way for a moment, so who sent it has to wait for the end itself. The kernel tells it
/// by a process descriptor (pidfd_open(2)), which also knows processes that nobody has buried yet.
/// </summary>
internal static class ProcessEnd
{
    private const int PidfdOpen = 434;
    private const short Readable = 1;
    private const int NoSuchProcess = 3;

    /// <summary>Whether it ends within <paramref name="patience"/>, or has ended.</summary>
    public static bool Comes(int process, TimeSpan patience)
    {
        var descriptor = (int)SystemCall(PidfdOpen, process, 0);
        if (descriptor < 0) return Marshal.GetLastPInvokeError() == NoSuchProcess;
        try
        {
            var poll = new PollDescriptor { Descriptor = descriptor, Events = Readable };
            return Poll(ref poll, 1, (int)patience.TotalMilliseconds) == 1;
        }
        finally
        {
            _ = Close(descriptor);
        }
    }

    [DllImport("libc", EntryPoint = "syscall", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern nint SystemCall(nint number, nint process, nint flags);

    [DllImport("libc", EntryPoint = "poll", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Poll(ref PollDescriptor descriptors, nuint count, int milliseconds);

    [DllImport("libc", EntryPoint = "close", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Close(int descriptor);

    private struct PollDescriptor
    {
        public int Descriptor;
        public short Events;
        public short Happened;
    }
}
