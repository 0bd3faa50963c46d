namespace Worcr.Grains;

/// <summary>What can be done to a session.</summary>
public enum SessionAction
{
    /// <summary>The worker lives.</summary>
    Heartbeat,

    /// <summary>It has another number of slots now.</summary>
    Slots,

    /// <summary>The worker wants no more jobs.</summary>
    Drain,

    /// <summary>The connection broke: its leases wait for the grace time to be re-attached.</summary>
    Detach,

    /// <summary>The worker has left for good: what it still holds is requeued at once, as yielded.</summary>
    Close,
}
