namespace Worcr.Store;

/// <summary>Jobs with a due time are counted by state, as if each state were a strand of one lane that has no record. Two counts a namespace, in the journal with all others.</summary>
public static class WaitingStrand
{
    /// <summary>The lane's id: no lane gets so far.</summary>
    public static long LaneIdOf(Ownership ownership) => ownership.EndId - 1;

    /// <summary>The strand of a state.</summary>
    public static int PriorityOf(JobState state) => state == JobState.Retry ? 1 : 0;
}
