namespace Worcr.Core.Jobs;

/// <summary>
/// One job as the dispatcher and the stores see it. All times are Unix milliseconds (UTC), 0 means "none".
/// Owned by one thread at a time: the gateway that parses it, then the dispatcher; once it is part of a flush nobody changes it any more.
/// </summary>
public sealed class Job
{
    /// <summary>The due time of a job that waits for other jobs, not for a time: the end of the year 9999.</summary>
    public const long WaitsForJobs = 253_402_300_799_999;

    /// <summary>Position in its namespace, unique in the whole store (the namespace number is in the high bits); assigned by the dispatcher.</summary>
    public long Seq { get; set; }

    /// <summary>The public identity: UUID version 7 carrying <see cref="Seq"/>, or what the producer gave.</summary>
    public Guid Id { get; set; }

    /// <summary>Whether <see cref="Id"/> came from the producer, and so has to be looked up by an index.</summary>
    public bool HasClientId { get; set; }

    /// <summary>The lane's number in the store; assigned by the dispatcher.</summary>
    public long LaneId { get; set; }

    /// <summary>Everything the dispatcher may treat alike.</summary>
    public required LaneShape Shape { get; set; }

    /// <summary>Orders jobs inside a lane: higher first. Default: 0.</summary>
    public int Priority { get; set; }

    /// <summary>When the dispatcher accepted it.</summary>
    public long CreatedAt { get; set; }

    /// <summary>When it last became ready.</summary>
    public long ReadyAt { get; set; }

    /// <summary>When it becomes ready (states scheduled and retry), else 0.</summary>
    public long DueAt { get; set; }

    /// <summary>When it expires if not finished; 0: never.</summary>
    public long ExpiresAt { get; set; }

    /// <summary>UTF-8 JSON of the arguments; null while only in the store.</summary>
    public byte[]? Args { get; set; }

    /// <summary>What is rarely set; one shared instance for the defaults.</summary>
    public JobOptions Options { get; set; } = JobOptions.Default;

    /// <summary>What of a new job its producer has said; the defaults of its type fill the rest. Not stored.</summary>
    public JobGiven Given { get; set; }

    /// <summary>The live state. In the store a job that is leased stays <see cref="JobState.Ready"/>: the journal knows its lease.</summary>
    public JobState State { get; set; }

    /// <summary>Leases given so far; grows with each lease and so fences older ones.</summary>
    public int Attempt { get; set; }

    /// <summary>Attempts that ended with a yield and so do not count against <see cref="RetryPolicy.MaxAttempts"/>.</summary>
    public int Yields { get; set; }

    /// <summary>Explicit failures so far.</summary>
    public int Fails { get; set; }

    /// <summary>UTF-8 JSON object name -> value, or null when there is none.</summary>
    public byte[]? Checkpoints { get; set; }

    /// <summary>UTF-8 JSON object name -> {"done","total"}, or null when there is none.</summary>
    public byte[]? Progress { get; set; }

    /// <summary>UTF-8 JSON array of the attempts that ended without finishing the job, or null.</summary>
    public byte[]? Attempts { get; set; }

    /// <summary>A copy that can be changed on its own; the arrays are shared and never changed in place.</summary>
    public Job Copy() => (Job)MemberwiseClone();

    /// <summary>The earliest moment at which the dispatcher has to look at a waiting job; 0: none.</summary>
    public long AlarmAt => (DueAt, ExpiresAt) switch
    {
        (0, var e) => e,
        (var d, 0) => d,
        var (d, e) => Math.Min(d, e),
    };
}
