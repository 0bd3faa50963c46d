using System.Globalization;

namespace Worcr.EndToEnd.Crash;

/// <summary>One line of a worker's diary.</summary>
/// <param name="Worker">Whose.</param>
/// <param name="Ticks">When, on the machine's monotonic clock.</param>
/// <param name="Verb"><c>start</c>, <c>send</c>, <c>ok</c> or <c>stale</c>; without a lease <c>took</c>, and <c>finished</c>; <c>done</c> when the answer is not known.</param>
/// <param name="Lease">The token.</param>
/// <param name="Job">The job's id.</param>
/// <param name="Attempt">Which attempt.</param>
internal sealed record Entry(string Worker, long Ticks, string Verb, string Lease, string Job, int Attempt)
{
    /// <summary>Reads a line; null when a kill -9 cut it short or it is no entry.</summary>
    public static Entry? Read(string worker, string line)
    {
        var parts = line.Split(' ');
        return parts.Length == 5 && long.TryParse(parts[0], out var ticks) && int.TryParse(parts[4], NumberStyles.None, CultureInfo.InvariantCulture, out var attempt)
            ? new Entry(worker, ticks, parts[1], parts[2], parts[3], attempt)
            : null;
    }
}
