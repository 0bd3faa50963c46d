namespace Worcr.Protocol;

/// <summary>The states of a job as they are written.</summary>
public static class JobStateNames
{
    /// <summary>Waits for its time.</summary>
    public const string Scheduled = "scheduled";

    /// <summary>May be given to a worker.</summary>
    public const string Ready = "ready";

    /// <summary>A worker has it.</summary>
    public const string Running = "running";

    /// <summary>Failed and waits for its next attempt.</summary>
    public const string Retry = "retry";

    /// <summary>Completed; final.</summary>
    public const string Succeeded = "succeeded";

    /// <summary>Out of attempts; final.</summary>
    public const string Dead = "dead";

    /// <summary>Cancelled by somebody; final.</summary>
    public const string Cancelled = "cancelled";

    /// <summary>Its time to live ended before it finished; final.</summary>
    public const string Expired = "expired";

    /// <summary>Thrown away by a rule or a bulk action; final.</summary>
    public const string Discarded = "discarded";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<string> All { get; } = [Scheduled, Ready, Running, Retry, Succeeded, Dead, Cancelled, Expired, Discarded];

    /// <summary>Whether nothing more happens to a job in this state by itself.</summary>
    public static bool IsFinal(string state) => state is Succeeded or Dead or Cancelled or Expired or Discarded;
}
