using System.Threading.Channels;
using Worcr.Core.Time;
using Worcr.Grains.Jobs;
using Worcr.Grains.Lanes;

namespace Worcr.Grains.Workers;

/// <summary>A worker as the dispatcher sees it: its slots, and the leases it holds. Its timer ends it when it is not heard of.</summary>
internal sealed class Session(long id, WorkerClass workerClass, RegisterRequest request, long now) : Timed
{
    /// <summary>A type whose jobs run longer than this, in milliseconds, is never sent ahead of a free slot.</summary>
    private const double PrefetchableMs = 250;

    /// <summary>How much work to have ahead when the dispatcher decides, in milliseconds: about one round trip.</summary>
    private const double AheadMs = 10;
    private const int MaxAutoPrefetch = 512;

    public long Id { get; } = id;

    public WorkerClass Class { get; } = workerClass;

    public RegisterRequest Request { get; } = request;

    public string Worker => Request.Worker;

    public int Slots { get; set; } = request.Slots;

    public long Since { get; } = now;

    public SessionState State { get; set; } = SessionState.Attached;

    public long HeardAt { get; set; }

    public HashSet<JobGrain> Held { get; } = [];

    /// <summary>Leased in the flush being built, to be sent when it is committed.</summary>
    public List<(JobGrain Grain, int Attempt)> ToRun { get; set; } = [];

    /// <summary>An operator wants it to get no jobs.</summary>
    public bool IsQuiet { get; set; }

    /// <summary>Whether it stands in its class's line of free sessions.</summary>
    public bool IsInLine { get; set; }

    /// <summary>The waiting poll that this session stands for, or null.</summary>
    public Poll? Poll { get; init; }

    /// <summary>What it is told; unbounded here because a session is told of at most slots + prefetch jobs at once.</summary>
    public Channel<SessionMessage> Outgoing { get; } =
        Channel.CreateUnbounded<SessionMessage>(new UnboundedChannelOptions { SingleReader = true, SingleWriter = true });

    /// <summary>It may have room: it waits for its turn.</summary>
    public void StandInLine()
    {
        if (IsInLine || IsQuiet || State != SessionState.Attached) return;
        IsInLine = true;
        Class.Line.Enqueue(this);
    }

    /// <summary>Whether it may be given a job of this type now: into a free slot, or ahead of one.</summary>
    public bool CanTake(TypeFigures type) =>
        State == SessionState.Attached && !IsQuiet && Poll is not { Cancel.IsCancellationRequested: true } && (Held.Count < Slots || Held.Count < Slots + Ahead(type));

    private int Ahead(TypeFigures type)
    {
        if (Poll is not null || Slots == 0 || type.RunMs > PrefetchableMs) return 0;
        if (Request.Prefetch is { } fixedAhead) return fixedAhead;
        return type.RunMs < 0 ? 0 : (int)Math.Min(MaxAutoPrefetch, Slots * AheadMs / Math.Max(type.RunMs, 0.02));
    }
}
