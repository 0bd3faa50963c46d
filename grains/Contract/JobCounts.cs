namespace Worcr.Grains;

/// <summary>Numbers of jobs.</summary>
public sealed record JobCounts
{
    /// <summary>Ready now.</summary>
    public long Ready { get; set; }

    /// <summary>Running now.</summary>
    public long Running { get; set; }

    /// <summary>Enqueued since the start.</summary>
    public long Enqueued { get; set; }

    /// <summary>Succeeded since the start.</summary>
    public long Succeeded { get; set; }

    /// <summary>Attempts that failed since the start.</summary>
    public long Failed { get; set; }

    /// <summary>Dead since the start.</summary>
    public long Dead { get; set; }

    /// <summary>Cancelled, expired or discarded since the start.</summary>
    public long Dropped { get; set; }

    /// <summary>Those of <see cref="Dropped"/> that expired.</summary>
    public long Expired { get; set; }

    /// <summary>Turned away, discarded or put off since the start because there was too much to do.</summary>
    public long Shed { get; set; }

    /// <summary>A copy.</summary>
    public JobCounts Copy() => (JobCounts)MemberwiseClone();
}
