namespace Worcr.Grains;

/// <summary>What can happen in a namespace, as far as listeners are told of it; <see cref="EventNames"/> has the names.</summary>
public enum EventKind
{
    /// <summary>A job was accepted, or lives again.</summary>
    JobEnqueued,

    /// <summary>A job was leased.</summary>
    JobStarted,

    /// <summary>A job is done.</summary>
    JobSucceeded,

    /// <summary>An attempt failed, timed out or was lost.</summary>
    JobFailed,

    /// <summary>A job waits for its next attempt.</summary>
    JobRetrying,

    /// <summary>A worker gave a job back unfinished.</summary>
    JobYielded,

    /// <summary>A job is out of attempts.</summary>
    JobDead,

    /// <summary>A job was cancelled.</summary>
    JobCancelled,

    /// <summary>A job's time to live ended.</summary>
    JobExpired,

    /// <summary>A job was thrown away.</summary>
    JobDiscarded,

    /// <summary>A worker said how far it is.</summary>
    JobProgress,

    /// <summary>A worker session began.</summary>
    WorkerJoined,

    /// <summary>A worker session ended.</summary>
    WorkerLeft,

    /// <summary>An operator made a worker quiet, ended it, or let it go on; or such an order ended by itself.</summary>
    WorkerOrdered,

    /// <summary>None of a tenant's jobs is started any more.</summary>
    TenantPaused,

    /// <summary>A tenant's jobs are started again.</summary>
    TenantResumed,

    /// <summary>A pause began and matching jobs still run.</summary>
    PausePausing,

    /// <summary>A pause stands and no matching job runs.</summary>
    PausePaused,

    /// <summary>A pause ended.</summary>
    PauseRunning,

    /// <summary>Jobs of a queue label are taken, and some run.</summary>
    QueueRunning,

    /// <summary>Jobs of a queue label would be taken, and none runs.</summary>
    QueueIdle,

    /// <summary>No job of a queue label is taken, and some still run.</summary>
    QueuePausing,

    /// <summary>No job of a queue label is taken, and none runs.</summary>
    QueuePaused,

    /// <summary>Nothing is left of a key of a limit.</summary>
    LimitSaturated,

    /// <summary>An objective is being missed so often that its error budget burns.</summary>
    SloBurning,

    /// <summary>It burns no more.</summary>
    SloRecovered,

    /// <summary>A job ran longer, or without a checkpoint, than its type's policy allows.</summary>
    ViolationReported,

    /// <summary>New jobs are turned away.</summary>
    LoadShedding,

    /// <summary>An endpoint was made, changed or deleted.</summary>
    EndpointChanged,

    /// <summary>The first event of a stream: what follows is complete from here on. Told to everybody.</summary>
    Listening,

    /// <summary>A listener was too slow and has lost events. Told to that listener only.</summary>
    Lagged,
}
