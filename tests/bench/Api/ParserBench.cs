using System.Diagnostics;
using Worcr.SiloHost.Api.Enqueue;

namespace Worcr.ApiBench;

/// <summary>The parser alone, on one thread; processor time, garbage collection included, so that neighbours on the machine do not count.</summary>
internal static class ParserBench
{
    /// <summary>Measures every kind of body.</summary>
    public static void Run(TimeSpan time)
    {
        Measure("parse, 1,000 small jobs", Bodies.Small(1_000), 1_000, time);
        Measure("parse, 1,000 usual jobs", Bodies.Usual(1_000), 1_000, time);
        Measure("parse, one small job", Bodies.Small(1), 1, time);
    }

    private static void Measure(string name, byte[] body, int jobs, TimeSpan time)
    {
        var caches = new ParseCaches();
        Repeat(body, caches, time / 4);
        var allocated = GC.GetAllocatedBytesForCurrentThread();
        var cpu = Environment.CpuUsage.TotalTime;
        var rounds = Repeat(body, caches, time);
        var perJob = (Environment.CpuUsage.TotalTime - cpu).TotalNanoseconds / rounds / jobs;
        var bytes = (GC.GetAllocatedBytesForCurrentThread() - allocated) / rounds / jobs;
        Console.WriteLine($"{name,-32} {perJob,8:0} ns CPU/job {bytes,6} B/job {body.Length / jobs,6} B of JSON a job");
    }

    private static long Repeat(byte[] body, ParseCaches caches, TimeSpan time)
    {
        long rounds = 0;
        for (var watch = Stopwatch.StartNew(); watch.Elapsed < time; rounds++)
        {
            if (BatchParser.Parse(body, caches, 1_780_000_000_000).Fault is { } fault) throw new InvalidOperationException(fault.Detail);
        }

        return rounds;
    }
}
