namespace Worcr.Protocol.Worker;

/// <summary>The names of the hub's calls.</summary>
public static class WorkerMethods
{
    /// <summary>Worker to server: opens the session.</summary>
    public const string Register = "Register";

    /// <summary>Worker to server: how attempts ended.</summary>
    public const string Report = "Report";

    /// <summary>Worker to server: saves a named value for the next attempt.</summary>
    public const string Checkpoint = "Checkpoint";

    /// <summary>Worker to server: a named done/total pair.</summary>
    public const string Progress = "Progress";

    /// <summary>Worker to server: a log line.</summary>
    public const string Log = "Log";

    /// <summary>Worker to server: starts the attempt's time-out anew.</summary>
    public const string Extend = "Extend";

    /// <summary>Worker to server: permits of a rate limit.</summary>
    public const string Acquire = "Acquire";

    /// <summary>Worker to server: another number of slots.</summary>
    public const string Slots = "Slots";

    /// <summary>Worker to server: no more jobs, please. Server to worker: no more jobs will come.</summary>
    public const string Drain = "Drain";

    /// <summary>Worker to server: the worker leaves for good; what it still holds is requeued at once.</summary>
    public const string Leave = "Leave";

    /// <summary>Worker to server: the worker lives.</summary>
    public const string Heartbeat = "Heartbeat";

    /// <summary>Server to worker: run these jobs.</summary>
    public const string Run = "Run";

    /// <summary>Server to worker: please checkpoint and yield.</summary>
    public const string Interrupt = "Interrupt";

    /// <summary>Server to worker: stop, the lease is gone.</summary>
    public const string Cancel = "Cancel";
}
