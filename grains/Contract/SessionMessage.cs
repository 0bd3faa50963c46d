namespace Worcr.Grains;

/// <summary>Something the dispatcher says to a session.</summary>
public abstract record SessionMessage
{
    /// <summary>Run these jobs; their leases are durable.</summary>
    public sealed record Run(IReadOnlyList<LeasedJob> Jobs) : SessionMessage;

    /// <summary>Please checkpoint and yield this job.</summary>
    public sealed record Interrupt(LeaseToken Lease, string Reason) : SessionMessage;

    /// <summary>Stop this job: its lease is gone.</summary>
    public sealed record Cancel(LeaseToken Lease, string Reason) : SessionMessage;

    /// <summary>No more jobs will come: finish or yield what you hold, then leave.</summary>
    public sealed record Drain(string Reason) : SessionMessage;
}
