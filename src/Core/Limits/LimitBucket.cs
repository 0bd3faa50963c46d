namespace Worcr.Core.Limits;

/// <summary>
/// What one key of one limit has used. Exact: at no moment, in no window is more taken than the limit allows, and it opens at the first
/// millisecond at which it may (<see cref="LimitKind.SlidingWindow"/>: at most a thousandth of the period later).
/// <para>
/// Time is an argument, Unix milliseconds. Only <see cref="Take"/> and <see cref="Change"/> move it; a time before the last of those counts
/// as that one: time that goes backwards stands still. Questions change nothing.
/// </para>
/// </summary>
public sealed class LimitBucket
{
    private const long Format = 1;
    private LimitState _state;
    private long _last = long.MinValue;

    private LimitBucket(LimitSpec spec) => _state = LimitState.Create(spec);

    /// <summary>What it allows.</summary>
    public LimitSpec Spec => _state.Spec;

    /// <summary>Nothing can be taken before this, Unix milliseconds, whatever is free. Default: always in the past. Not saved: it belongs to <see cref="AdaptiveLimit"/>.</summary>
    public long ClosedUntil { get; set; } = long.MinValue;

    /// <summary>A key of which nothing is used.</summary>
    /// <exception cref="ArgumentException">A number of the limit is out of its range.</exception>
    public static LimitBucket Create(LimitSpec spec) =>
        spec.IsValid ? new LimitBucket(spec) : throw new ArgumentException($"out of range: {spec}", nameof(spec));

    /// <summary>The bucket that <see cref="Save"/> saved, exactly as strict as it was; if the limit is another one by now, as after <see cref="Change"/>.</summary>
    /// <param name="spec">What the limit is today.</param>
    /// <param name="saved">What <see cref="Save"/> gave.</param>
    /// <exception cref="FormatException">These bytes are no saved bucket.</exception>
    public static LimitBucket Restore(LimitSpec spec, byte[] saved)
    {
        var bucket = Create(spec);
        if (saved.Length == 0) return bucket;
        bucket.Read(saved);
        bucket.Change(spec, bucket._last);
        return bucket;
    }

    /// <summary>Whether <paramref name="n"/> can be taken now.</summary>
    /// <param name="now">Unix milliseconds.</param>
    /// <param name="n">How many, at least 1.</param>
    public bool CanTake(long now, int n = 1)
    {
        var at = Math.Max(now, _last);
        return at >= ClosedUntil && _state.CanTake(at, n);
    }

    /// <summary>
    /// Counts <paramref name="n"/> as taken. It does not ask <see cref="CanTake"/>: a recovery tells what was taken, and that counts even
    /// beyond the limit, which then stays closed until it is no longer exceeded.
    /// </summary>
    /// <param name="now">When, Unix milliseconds.</param>
    /// <param name="n">How many, at least 1.</param>
    public void Take(long now, int n = 1)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(n, 1);
        _last = Math.Max(now, _last);
        _state.Take(_last, n);
    }

    /// <summary>Gives back what was taken (<see cref="LimitKind.Concurrency"/>); with the other kinds, where only time gives back, nothing happens.</summary>
    /// <exception cref="InvalidOperationException">More than was taken.</exception>
    public void Return(int n = 1)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(n, 1);
        _state.Return(n);
    }

    /// <summary>
    /// The first moment at which <paramref name="n"/> can be taken by time alone, Unix milliseconds: <paramref name="now"/> if at once;
    /// <see cref="long.MaxValue"/> when only <see cref="Return"/> or <see cref="Change"/> can help.
    /// </summary>
    public long OpensAt(long now, int n = 1) =>
        CanTake(now, n) ? now : Math.Max(_state.OpensAt(Math.Max(now, _last), n), ClosedUntil);

    /// <summary>How many count against the limit now; of a token bucket how many tokens are not there, a part of one as a whole one.</summary>
    public long Used(long now) => _state.Used(Math.Max(now, _last));

    /// <summary>Whether it can be forgotten: a new one would do the same from <paramref name="now"/> on.</summary>
    public bool IsIdle(long now)
    {
        var at = Math.Max(now, _last);
        return at >= ClosedUntil && _state.Used(at) == 0;
    }

    /// <summary>
    /// The limit was edited. What is used stays used; where that is more than the new limit allows, it is closed until it no longer is.
    /// <list type="bullet">
    /// <item>Same kind: nothing is lost. With another period fixed windows count what the running window used in the new one, sliding windows
    /// keep their times, token buckets keep what is missing. What an older, shorter period has forgotten is not known to a longer one.</item>
    /// <item>Another kind: what is used at this moment counts as taken at this moment.</item>
    /// <item>To <see cref="LimitKind.Concurrency"/>: nothing is held, as after a restart; who knows the open leases takes for them.</item>
    /// </list>
    /// </summary>
    /// <exception cref="ArgumentException">A number of the limit is out of its range.</exception>
    public void Change(LimitSpec spec, long now)
    {
        if (!spec.IsValid) throw new ArgumentException($"out of range: {spec}", nameof(spec));
        _last = Math.Max(now, _last);
        if (spec.Kind == Spec.Kind) _state.Change(spec, _last);
        else _state = _state.As(spec, _last);
    }

    /// <summary>
    /// What has to outlive a crash, for <see cref="Restore"/>: a few bytes, of a sliding window up to some thousands. Nothing when nothing is used, and of
    /// <see cref="LimitKind.Concurrency"/>: who knows the open leases takes for them again. What is restored has seen <paramref name="now"/>: earlier times count as that.
    /// </summary>
    public byte[] Save(long now)
    {
        var at = Math.Max(now, _last);
        if (Spec.Kind == LimitKind.Concurrency || _state.Used(at) == 0) return [];
        var to = new StateWriter();
        to.Add(Format);
        to.Add((long)Spec.Kind);
        to.Add(Spec.PeriodMs);
        to.Add(at);
        _state.Write(to, at);
        return to.ToArray();
    }

    private void Read(byte[] saved)
    {
        var from = new StateReader(saved);
        if (from.Next() != Format) throw new FormatException("a saved limit of an unknown format");
        var was = Spec with { Kind = (LimitKind)from.Next(), PeriodMs = from.Next() };
        if (!was.IsValid || was.Kind is <= LimitKind.Concurrency or > LimitKind.TokenBucket) throw new FormatException($"no saved limit: {was}");
        _last = from.Next();
        _state = LimitState.Create(was);
        _state.Read(from, _last);
        from.End();
    }
}
