namespace Worcr.Simulation.Actors;

/// <summary>One attempt in a worker's hands.</summary>
internal sealed class Attempt(LeasedJob job)
{
    public LeasedJob Job { get; } = job;

    public LeaseToken Lease => Job.Lease;

    public bool IsStarted { get; set; }

    /// <summary>Stopped by the dispatcher, or dead with its worker.</summary>
    public bool IsGone { get; set; }

    /// <summary>How it ended; sent until somebody answers.</summary>
    public Report? Report { get; set; }
}
