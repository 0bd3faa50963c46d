using System.Diagnostics;

namespace Worcr.SiloHost.Telemetry;

/// <summary>What the process itself uses.</summary>
internal static class ProcessMetrics
{
    /// <summary>Writes it.</summary>
    public static void Write(MetricText text)
    {
        One(text, "process_cpu_seconds_total", "counter", "Processor time used", Environment.CpuUsage.TotalTime.TotalSeconds);
        One(text, "process_resident_memory_bytes", "gauge", "Resident memory", Environment.WorkingSet);
        One(text, "process_start_time_seconds", "gauge", "Start of the process, Unix seconds", StartTime);
        One(text, "dotnet_gc_heap_bytes", "gauge", "Managed heap", GC.GetTotalMemory(forceFullCollection: false));
        One(text, "dotnet_gc_pause_seconds_total", "counter", "Time paused for garbage collection", GC.GetTotalPauseDuration().TotalSeconds);
        One(text, "dotnet_threadpool_threads", "gauge", "Threads of the pool", ThreadPool.ThreadCount);
        One(text, "dotnet_threadpool_queue_length", "gauge", "Work that waits for a thread", ThreadPool.PendingWorkItemCount);
    }

    private static double StartTime { get; } = ReadStartTime();

    private static double ReadStartTime()
    {
        using var process = Process.GetCurrentProcess();
        return new DateTimeOffset(process.StartTime).ToUnixTimeMilliseconds() / 1_000.0;
    }

    private static void One(MetricText text, string name, string type, string help, double value)
    {
        text.Begin(name, type, help);
        text.Sample(name, "", value);
    }
}
