namespace Worcr.Simulation.Server;

/// <summary>A flush that a silo has sent to the store.</summary>
internal sealed class PendingCommit(Work work, long begunAt)
{
    public Work Work { get; } = work;

    /// <summary>When the flush began to gather.</summary>
    public long BegunAt { get; } = begunAt;

    /// <summary>The host knows that it is written.</summary>
    public bool IsDone { get; set; }
}
