using Worcr.Protocol.Worker;

namespace Worcr.Client.Hub;

/// <summary>The reports of one call.</summary>
internal sealed class ReportBatch(List<JobContext> jobs)
{
    private const int Bytes = 1024 * 1024;
    private const int BytesOfOne = 512; // everything but its result and its message

    /// <summary>The finished jobs.</summary>
    public List<JobContext> Jobs { get; } = jobs;

    /// <summary>Takes the next ones out of <paramref name="queue"/>, bounded in number and in bytes; null when there is none.</summary>
    public static ReportBatch? Take(Queue<JobContext> queue, int most)
    {
        if (queue.Count == 0) return null;
        var jobs = new List<JobContext>(Math.Min(queue.Count, Math.Min(most, WorkerBounds.Reports)));
        var bytes = 0;
        while (jobs.Count < most && bytes < Bytes && queue.TryDequeue(out var job))
        {
            jobs.Add(job);
            bytes += BytesOfOne + job.Report.Result.Length + ((job.Report.Failure?.Message.Length ?? 0) * 3);
        }

        return new ReportBatch(jobs);
    }
}
