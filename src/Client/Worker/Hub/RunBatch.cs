namespace Worcr.Client.Hub;

/// <summary>The jobs of one <c>Run</c>.</summary>
internal sealed class RunBatch(List<JobContext> jobs)
{
    /// <summary>The jobs.</summary>
    public List<JobContext> Jobs { get; } = jobs;
}
