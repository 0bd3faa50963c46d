namespace Worcr.Core.Jobs;

/// <summary>
/// The one place that knows which state may follow which.
/// <code>
///   (new) ---> scheduled --due--> ready --lease--> running --complete--> succeeded
///     |                            ^  ^              |  |
///     +----------------------------+  |              |  +--fail--> retry --due--> ready
///                                     +--yield, lost-+  +--fail, out of attempts--> dead
///   running --yield until its children have ended--> scheduled
///   scheduled, ready, running, retry --cancel--> cancelled, --ttl--> expired
///   scheduled, ready, retry --rule, bulk--> discarded
///   scheduled, ready, retry --finished by its id--> succeeded, dead
///   succeeded, dead, cancelled, expired, discarded --retry by an operator--> ready
/// </code>
/// </summary>
public static class Lifecycle
{
    private static readonly int[] Allowed = BuildTable();

    /// <summary>Whether a job in state <paramref name="from"/> may change to <paramref name="to"/>.</summary>
    public static bool IsLegal(JobState from, JobState to) => (Allowed[(int)from] & Bit(to)) != 0;

    /// <summary>Whether a job may start its life in state <paramref name="state"/>.</summary>
    public static bool IsStart(JobState state) => state is JobState.Scheduled or JobState.Ready;

    /// <summary>Throws when the change is illegal: such a change is a defect, never a user's mistake.</summary>
    public static void Demand(JobState from, JobState to)
    {
        if (!IsLegal(from, to)) throw new InvalidOperationException($"A job cannot go from {from} to {to}.");
    }

    private static int[] BuildTable()
    {
        var table = new int[9];
        var byId = Bit(JobState.Succeeded) | Bit(JobState.Dead);
        table[(int)JobState.Scheduled] = byId | Bit(JobState.Ready) | Bit(JobState.Cancelled) | Bit(JobState.Expired) | Bit(JobState.Discarded);
        table[(int)JobState.Ready] = byId | Bit(JobState.Running) | Bit(JobState.Cancelled) | Bit(JobState.Expired) | Bit(JobState.Discarded);
        table[(int)JobState.Running] = Bit(JobState.Succeeded) | Bit(JobState.Retry) | Bit(JobState.Ready) | Bit(JobState.Scheduled) | Bit(JobState.Dead)
            | Bit(JobState.Cancelled) | Bit(JobState.Expired);
        table[(int)JobState.Retry] = byId | Bit(JobState.Ready) | Bit(JobState.Cancelled) | Bit(JobState.Expired) | Bit(JobState.Discarded);
        for (var state = JobState.Succeeded; state <= JobState.Discarded; state++) table[(int)state] = Bit(JobState.Ready);
        return table;
    }

    private static int Bit(JobState state) => 1 << (int)state;
}
