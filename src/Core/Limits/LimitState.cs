namespace Worcr.Core.Limits;

/// <summary>How one kind of limit counts. Times never go backwards here; <see cref="LimitBucket"/> sees to that.</summary>
internal abstract class LimitState(LimitSpec spec)
{
    /// <summary>What is allowed.</summary>
    public LimitSpec Spec { get; protected set; } = spec;

    /// <summary>The kind's way to count, nothing used.</summary>
    public static LimitState Create(LimitSpec spec) => spec.Kind switch
    {
        LimitKind.Concurrency => new ConcurrencyState(spec),
        LimitKind.FixedWindow => new FixedWindowState(spec),
        LimitKind.SlidingWindow => new SlidingWindowState(spec),
        LimitKind.TokenBucket => new TokenBucketState(spec),
        _ => throw new ArgumentOutOfRangeException(nameof(spec), spec.Kind, "no such kind"),
    };

    /// <summary>Whether so many are free.</summary>
    public virtual bool CanTake(long now, int n) => Used(now) + n <= Spec.Limit;

    public abstract void Take(long now, long n);

    public virtual void Return(long n)
    {
    }

    /// <summary>When so many are free, or <see cref="long.MaxValue"/>.</summary>
    public abstract long OpensAt(long now, int n);

    public abstract long Used(long now);

    /// <summary>Follows an edit that keeps the kind.</summary>
    public abstract void Change(LimitSpec spec, long now);

    /// <summary>The state of a limit of any kind or period with as much used now; nothing of a concurrency, whose holders are known elsewhere.</summary>
    public LimitState As(LimitSpec spec, long now)
    {
        var next = Create(spec);
        var used = Used(now);
        if (used > 0 && spec.Kind != LimitKind.Concurrency) next.Take(now, used);
        return next;
    }

    public abstract void Write(StateWriter to, long now);

    /// <summary>Reads what was written at <paramref name="at"/>.</summary>
    public abstract void Read(StateReader from, long at);

    /// <summary>The moment, or the end of time.</summary>
    protected static long Moment(Int128 at) => at > long.MaxValue ? long.MaxValue : (long)at;
}
