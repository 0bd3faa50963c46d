using System.Diagnostics;
using System.Globalization;

namespace Worcr.Player;

/// <summary>
/// What a player did, one line an event, on standard output: <c>ticks verb lease job attempt</c>. Ticks are those of the machine's
/// monotonic clock, so that the diaries of several processes can be laid side by side.
/// </summary>
internal static class Diary
{
    private static readonly Lock Writing = new();

    public static void Ready() => Write("ready", "-", "-", 0);

    /// <summary>An attempt began.</summary>
    public static void Started(string lease, string job, int attempt) => Write("start", lease, job, attempt);

    /// <summary>A job was taken over a protocol that tells of no lease.</summary>
    public static void Took(string job) => Write("took", "-", job, 0);

    /// <summary>Its report is about to be sent for the first time.</summary>
    public static void Sending(string lease, string job, int attempt) => Write("send", lease, job, attempt);

    /// <summary>The answer: <c>ok</c>, <c>finished</c>, <c>done</c> or <c>stale</c>.</summary>
    public static void Answered(string answer, string lease, string job, int attempt) => Write(answer, lease, job, attempt);

    private static void Write(string verb, string lease, string job, int attempt)
    {
        var line = string.Create(CultureInfo.InvariantCulture, $"{Stopwatch.GetTimestamp()} {verb} {lease} {job} {attempt}");
        lock (Writing)
        {
            Console.Out.WriteLine(line);
            Console.Out.Flush();
        }
    }
}
