using Worcr.Core.Limits;

namespace Worcr.Unit.Core.Limits;

/// <summary>What a limit means, written down without a thought of memory or speed: it remembers everything and searches for its answers.</summary>
internal sealed class LimitModel(LimitSpec spec)
{
    private readonly List<(long At, long N)> _takes = [];
    private readonly List<(long At, int Limit)> _edits = [(long.MinValue, spec.Limit)];
    private long _last = long.MinValue;

    public LimitSpec Spec { get; private set; } = spec;

    /// <summary>What was taken and not given back.</summary>
    public long Held => _takes.Sum(t => t.N);

    /// <summary>How late the real one may be.</summary>
    public long Slack => Spec.Kind == LimitKind.SlidingWindow ? Math.Max(0, ((Spec.PeriodMs + 999) / 1000) - 1) : 0;

    private long Burst => Spec.Burst == 0 ? Spec.Limit : Spec.Burst;

    /// <summary>The latest time it was told.</summary>
    public long Clock => _last;

    /// <summary>The time, which never goes back.</summary>
    public long Tick(long now) => _last = Math.Max(now, _last);

    public void Take(long now, long n) => _takes.Add((Tick(now), n));

    public void Return(long n) => _takes.Add((_last, -n));

    public void Edit(LimitSpec spec, long now)
    {
        _edits.Add((Tick(now), spec.Limit));
        Spec = spec;
    }

    public bool CanTake(long now, long n) => Spec.Limit > 0 && n <= (Spec.Kind == LimitKind.TokenBucket ? Burst : Spec.Limit) && Fits(Math.Max(now, _last), n);

    /// <summary>How many count, if each is forgotten so late.</summary>
    public long Used(long now, long late = 0)
    {
        now = Math.Max(now, _last);
        return Spec.Kind switch
        {
            LimitKind.Concurrency => Held,
            LimitKind.FixedWindow => _takes.Where(t => Window(t.At) == Window(now)).Sum(t => t.N),
            LimitKind.SlidingWindow => _takes.Where(t => t.At + late > now - Spec.PeriodMs).Sum(t => t.N),
            _ => (long)((Missing(now) + Spec.PeriodMs - 1) / Spec.PeriodMs),
        };
    }

    /// <summary>The first moment at which so many can be taken, found by halving: once open it stays so while nobody takes.</summary>
    public long OpensAt(long now, long n)
    {
        if (CanTake(now, n)) return now;
        long closed = Math.Max(now, _last), open = closed + 1_000_000_000_000;
        if (!CanTake(open, n)) return long.MaxValue;
        while (open - closed > 1)
        {
            var middle = closed + ((open - closed) / 2);
            if (CanTake(middle, n)) open = middle;
            else closed = middle;
        }

        return open;
    }

    private bool Fits(long now, long n) => Spec.Kind == LimitKind.TokenBucket
        ? Missing(now) + ((Int128)n * Spec.PeriodMs) <= (Int128)Burst * Spec.PeriodMs
        : Used(now) + n <= Spec.Limit;

    /// <summary>
    /// By the definition of a token bucket: in any interval there is taken at most the burst and what flowed in meanwhile. So what is missing, in
    /// tokens x period, is the largest excess of any interval that ends now.
    /// </summary>
    private Int128 Missing(long now)
    {
        Int128 missing = 0, taken = 0;
        for (var i = _takes.Count - 1; i >= 0; i--)
        {
            taken += (Int128)_takes[i].N * Spec.PeriodMs;
            var excess = taken - Flow(_takes[i].At, now);
            if (excess > missing) missing = excess;
        }

        return missing;
    }

    /// <summary>What flows in between two moments, in tokens x period, with the limits that were in force.</summary>
    private Int128 Flow(long from, long to)
    {
        Int128 flow = 0;
        for (var i = 0; i < _edits.Count; i++)
        {
            var start = Math.Max(from, _edits[i].At);
            var end = i + 1 < _edits.Count ? Math.Min(to, _edits[i + 1].At) : to;
            if (end > start) flow += ((Int128)end - start) * _edits[i].Limit;
        }

        return flow;
    }

    private long Window(long at) => (long)Math.Floor((decimal)at / Spec.PeriodMs);
}
