namespace Worcr.Client;

/// <summary>Why a handler is asked to stop.</summary>
public enum StopReason
{
    /// <summary>It is not asked to stop.</summary>
    None,

    /// <summary>The server wants the job back: checkpoint and yield.</summary>
    Interrupt,

    /// <summary>The job was cancelled; whatever the handler reports is not wanted any more.</summary>
    Cancel,

    /// <summary>The attempt took longer than the job's time-out.</summary>
    Timeout,

    /// <summary>The server gave the job to somebody else; whatever the handler reports is not wanted any more.</summary>
    Lost,

    /// <summary>The worker shuts down: checkpoint and yield.</summary>
    ShuttingDown,
}
