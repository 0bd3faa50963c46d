using Worcr.Core.Time;
using Worcr.Grains.Lanes;
using Worcr.Grains.Limits;
using Worcr.Grains.Violations;
using Worcr.Grains.Workers;

namespace Worcr.Grains.Jobs;

/// <summary>
/// A job in the dispatcher's memory: at the head of its strand, near its time, or running. Its timer is the end of its lease while it
/// runs, else its next alarm.
/// </summary>
internal sealed class JobGrain(Job row, Strand strand) : Timed
{
    /// <summary>The stored row as of the last operation on it; never changed in place.</summary>
    public Job Row { get; set; } = row;

    public Strand Strand { get; } = strand;

    public JobState State { get; private set; } = row.State;

    /// <summary>The number of the last lease; ahead of the row's while the job runs.</summary>
    public int Attempt { get; set; } = row.Attempt;

    public uint Nonce { get; set; }

    public long StartedAt { get; set; }

    /// <summary>When the attempt times out; the timer may be earlier (a worker that has to come back first).</summary>
    public long DeadlineAt { get; set; }

    /// <summary>The lease belongs to no session.</summary>
    public bool IsPolled { get; set; }

    public string? Worker { get; set; }

    /// <summary>The session that holds the lease, or null: a poller's, or one from before a restart.</summary>
    public Session? Session { get; set; }

    public bool IsInterrupted { get; set; }

    /// <summary>What its type's policy has noticed of the attempt, or null.</summary>
    public AttemptWatch? Watch { get; set; }

    /// <summary>It left the dispatcher (finished, or put into another lane).</summary>
    public bool IsGone { get; set; }

    /// <summary>The flush with the last operation on the row: the next one must not overtake it.</summary>
    public long RowFlush { get; set; }

    /// <summary>The flush with the current lease.</summary>
    public long LeaseFlush { get; set; }

    /// <summary>Current checkpoints and progress, as saved.</summary>
    public byte[]? Checkpoints { get; set; } = row.Checkpoints;

    public byte[]? Progress { get; set; } = row.Progress;

    /// <summary>The keys of limits it counts against while it runs.</summary>
    public Bucket[] Permits { get; set; } = Lane.NoBuckets;

    /// <summary>What its worker holds of limits besides, or null.</summary>
    public List<(Bucket Bucket, int Count)>? HeldPermits { get; set; }

    /// <summary>What its worker waits for, or null.</summary>
    public List<Acquirer>? Acquirers { get; set; }

    /// <summary>What the attempt was charged, and with which weight.</summary>
    public double Cost { get; set; }

    public double Weight { get; set; } = 1;

    public long Seq => Row.Seq;

    public Lane Lane => Strand.Lane;

    public bool IsRunning => State == JobState.Running;

    /// <summary>It runs since before a restart and its worker has not come back yet, or was leased ahead and not handed over yet.</summary>
    public bool IsUnclaimed => IsRunning && !IsPolled && Session is null;

    public LeaseToken Lease => new(Row.Seq, Attempt, Nonce);

    public LeaseEntry Entry => new(Row.Seq, Attempt, Nonce, StartedAt, DeadlineAt, Worker ?? "", IsPolled);

    /// <summary>Changes the state; an illegal change throws.</summary>
    public void Move(JobState to)
    {
        Lifecycle.Demand(State, to);
        State = to;
    }
}
