namespace Worcr.Core.Jobs;

/// <summary>Questions about states.</summary>
public static class JobStates
{
    /// <summary>Whether nothing more happens to the job by itself.</summary>
    public static bool IsFinal(this JobState state) => state >= JobState.Succeeded;

    /// <summary>Whether the job waits: scheduled, ready or retry.</summary>
    public static bool IsWaiting(this JobState state) => state is JobState.Scheduled or JobState.Ready or JobState.Retry;
}
