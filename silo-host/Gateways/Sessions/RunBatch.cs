using Worcr.Protocol.Worker;

namespace Worcr.SiloHost.Gateways.Sessions;

/// <summary>A stretch of leased jobs that goes to the worker in one message.</summary>
public readonly struct RunBatch(IReadOnlyList<LeasedJob> jobs, int start, int count)
{
    /// <summary>How many jobs.</summary>
    public int Count => count;

    /// <summary>The jobs, by their place in the batch.</summary>
    public LeasedJob this[int index] => jobs[start + index];

    /// <summary>The batch that starts at <paramref name="start"/>: bounded in jobs and in bytes, at least one job.</summary>
    public static RunBatch Next(IReadOnlyList<LeasedJob> jobs, int start)
    {
        var count = 0;
        long bytes = 0;
        while (start + count < jobs.Count && count < WorkerBounds.RunJobs && (count == 0 || bytes < WorkerBounds.RunBytes))
        {
            var job = jobs[start + count++];
            bytes += job.Args.Length + (job.Checkpoints?.Length ?? 0) + (job.Meta?.Length ?? 0);
        }

        return new RunBatch(jobs, start, count);
    }
}
