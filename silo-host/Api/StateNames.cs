using Worcr.Protocol;

namespace Worcr.SiloHost.Api;

/// <summary>The states of the core as they are written.</summary>
public static class StateNames
{
    private static readonly string[] Names =
    [
        JobStateNames.Scheduled, JobStateNames.Ready, JobStateNames.Running, JobStateNames.Retry, JobStateNames.Succeeded, JobStateNames.Dead,
        JobStateNames.Cancelled, JobStateNames.Expired, JobStateNames.Discarded,
    ];

    private static readonly byte[][] Utf8Names = [.. Names.Select(System.Text.Encoding.UTF8.GetBytes)];

    /// <summary>The name of a state.</summary>
    public static string NameOf(JobState state) => Names[(int)state];

    /// <summary>The name of a state in UTF-8.</summary>
    public static ReadOnlySpan<byte> Utf8(JobState state) => Utf8Names[(int)state];

    /// <summary>The state with a name; false when there is none.</summary>
    public static bool TryParse(string name, out JobState state)
    {
        var index = Array.IndexOf(Names, name);
        state = (JobState)Math.Max(index, 0);
        return index >= 0;
    }
}
