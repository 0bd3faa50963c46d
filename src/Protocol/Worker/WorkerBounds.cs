namespace Worcr.Protocol.Worker;

/// <summary>What one worker call may hold. The server refuses more (code <c>too_large</c>); clients split.</summary>
public static class WorkerBounds
{
    /// <summary>The path of the worker hub.</summary>
    public const string HubPath = "/hubs/worker";

    /// <summary>Bytes of one hub message from a worker, or of the body of one HTTP worker call.</summary>
    public const int MessageBytes = 4 * 1024 * 1024;

    /// <summary>Bytes of one result, and of all checkpoints of a job together.</summary>
    public const int PayloadBytes = 1024 * 1024;

    /// <summary>How deep a result, a checkpoint or arguments may be nested.</summary>
    public const int PayloadDepth = 64;

    /// <summary>Reports in one call.</summary>
    public const int Reports = 1_000;

    /// <summary>Jobs in one <c>Run</c>.</summary>
    public const int RunJobs = 250;

    /// <summary>Bytes of arguments and checkpoints after which a <c>Run</c> takes no further job.</summary>
    public const int RunBytes = 1024 * 1024;

    /// <summary>Leases that a worker may say it still holds.</summary>
    public const int Held = 20_000;

    /// <summary>Slots of one worker.</summary>
    public const int Slots = 10_000;

    /// <summary>Jobs that one HTTP lease call may ask for.</summary>
    public const int LeaseJobs = 1_000;

    /// <summary>Characters of a name: worker, type, tag, queue, checkpoint, progress, log level, error code.</summary>
    public const int NameLength = 255;

    /// <summary>Types of one worker, and queues.</summary>
    public const int Types = 1_000;

    /// <summary>Tags of one worker.</summary>
    public const int Tags = 100;

    /// <summary>Characters of a log line.</summary>
    public const int LogLine = 8_192;

    /// <summary>Characters of an error's message; longer ones are cut.</summary>
    public const int ErrorMessage = 8_192;

    /// <summary>Calls of <c>Acquire</c> of one connection that wait at once.</summary>
    public const int WaitingAcquires = 256;

    /// <summary>The longest wait of one <c>Acquire</c>, in milliseconds.</summary>
    public const long AcquireWaitMs = 60_000;

    /// <summary>Permits that one <c>Acquire</c> may ask for.</summary>
    public const int Permits = 1_000_000_000;

    /// <summary>Characters of a limit's key.</summary>
    public const int KeyLength = 2_048;

    /// <summary>Calls of one connection that fail because of the worker before the connection is closed.</summary>
    public const int FailedCalls = 100;
}
