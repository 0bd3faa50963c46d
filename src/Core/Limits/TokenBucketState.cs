namespace Worcr.Core.Limits;

/// <summary>
/// The generic cell rate algorithm as a continuous-state leaky bucket (ATM Forum, Traffic Management 4.0, af-tm-0056.000, section 4.4.2), in integers:
/// a token is worth <see cref="LimitSpec.PeriodMs"/> units and each millisecond brings back <see cref="LimitSpec.Limit"/> units, so that nothing is
/// ever rounded and nothing drifts. At most 10^9 tokens of 3.2 x 10^10 units are missing, more after a recovery: hence 128 bits.
/// </summary>
internal sealed class TokenBucketState(LimitSpec spec) : LimitState(spec)
{
    private const long LowBits = (1L << 62) - 1;
    private Int128 _missing;
    private long _at;

    private int Burst => Spec.Burst == 0 ? Spec.Limit : Spec.Burst;

    public override bool CanTake(long now, int n) => Spec.Limit > 0 && Excess(now, n) <= 0;

    public override void Take(long now, long n)
    {
        _missing = Missing(now) + ((Int128)n * Spec.PeriodMs);
        _at = now;
    }

    public override long OpensAt(long now, int n)
    {
        if (Spec.Limit == 0 || n > Burst) return long.MaxValue;
        var excess = Excess(now, n);
        return excess <= 0 ? now : Moment(now + ((excess + Spec.Limit - 1) / Spec.Limit));
    }

    public override long Used(long now) => (long)((Missing(now) + Spec.PeriodMs - 1) / Spec.PeriodMs);

    public override void Change(LimitSpec spec, long now)
    {
        var missing = Missing(now);
        _missing = spec.PeriodMs == Spec.PeriodMs ? missing : ((missing * spec.PeriodMs) + Spec.PeriodMs - 1) / Spec.PeriodMs;
        _at = now;
        Spec = spec;
    }

    public override void Write(StateWriter to, long now)
    {
        var missing = Missing(now);
        to.Add((long)(missing >> 62));
        to.Add((long)(missing & LowBits));
    }

    public override void Read(StateReader from, long at)
    {
        var high = (Int128)from.Next();
        _missing = (high << 62) + from.Next();
        _at = at;
    }

    /// <summary>How many units are too few to take so many.</summary>
    private Int128 Excess(long now, int n) => Missing(now) + (((Int128)n - Burst) * Spec.PeriodMs);

    private Int128 Missing(long now)
    {
        if (_missing == 0) return 0;
        var left = _missing - (((Int128)now - _at) * Spec.Limit);
        return left > 0 ? left : 0;
    }
}
