using Worcr.Core.Fairness;
using Worcr.Core.Limits;
using Worcr.Core.Time;

namespace Worcr.Grains.Limits;

/// <summary>One key of a limit: what is taken of it, the gate that holds lanes back while nothing is left, and workers that wait for it. Its timer looks again when time alone opens it.</summary>
internal sealed class Bucket(LimitGrain limit, string key, LimitBucket permits, FairGate gate) : Timed
{
    private LinkedList<Acquirer>? _acquirers;
    private bool _isClosed;

    public LimitGrain Limit { get; } = limit;

    public string Key { get; } = key;

    public LimitBucket Permits { get; set; } = permits;

    public FairGate Gate { get; } = gate;

    /// <summary>How it adapts, or null.</summary>
    public AdaptiveLimit? Adaptive { get; set; }

    /// <summary>Lanes in memory whose jobs count against it.</summary>
    public int Lanes { get; set; }

    /// <summary>Lanes that wait because nothing is left of it.</summary>
    public int Waiting => _isClosed ? Gate.ActiveLanes : 0;

    /// <summary>How often workers hold something of it, or held it before it became a rate.</summary>
    public int Holders { get; set; }

    /// <summary>Workers that wait for it, first come, first served.</summary>
    public LinkedList<Acquirer> Acquirers => _acquirers ??= new LinkedList<Acquirer>();

    /// <summary>The worker that is served next, or null: nobody waits.</summary>
    public Acquirer? FirstAcquirer => _acquirers?.First?.Value;

    /// <summary>Where the flush being built notes its use, see <see cref="UseFlush"/>.</summary>
    public int UseIndex { get; set; }

    /// <summary>The flush that notes its use last.</summary>
    public long UseFlush { get; set; }

    /// <summary>What it has used has to be saved.</summary>
    public bool IsUsed { get; set; }

    /// <summary>When listeners were told last that nothing is left of it.</summary>
    public long SaturatedAt { get; set; }

    /// <summary>Whether what was taken comes back with time, not with the end of a job.</summary>
    public bool IsRate => Limit.IsRate;

    /// <summary>Lets lanes pass. Most often they may already: then the gate is not looked at.</summary>
    public void Open()
    {
        if (!_isClosed) return;
        _isClosed = false;
        Gate.Open();
    }

    /// <summary>Holds lanes back.</summary>
    public void Close()
    {
        if (_isClosed) return;
        _isClosed = true;
        Gate.Close();
    }

    /// <summary>Whether a new one would be the same, so that it can be forgotten.</summary>
    public bool IsIdle(long now) =>
        Lanes + Holders == 0 && FirstAcquirer is null && Permits.IsIdle(now) && (Adaptive is null || Adaptive.Value == Limit.Rule.Limit.Limit);
}
