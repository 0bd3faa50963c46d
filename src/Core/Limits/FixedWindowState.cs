namespace Worcr.Core.Limits;

/// <summary>So many in each window; window k begins at k periods after the Unix epoch.</summary>
internal sealed class FixedWindowState(LimitSpec spec) : LimitState(spec)
{
    private long _window;
    private long _count;

    public override void Take(long now, long n)
    {
        _count = Used(now) + n;
        _window = Window(now);
    }

    public override long OpensAt(long now, int n)
    {
        if (n > Spec.Limit) return long.MaxValue;
        return CanTake(now, n) ? now : Moment(((Int128)Window(now) + 1) * Spec.PeriodMs);
    }

    public override long Used(long now) => Window(now) == _window ? _count : 0;

    public override void Change(LimitSpec spec, long now)
    {
        var used = Used(now);
        Spec = spec;
        _window = Window(now);
        _count = used;
    }

    public override void Write(StateWriter to, long now) => to.Add(Used(now));

    public override void Read(StateReader from, long at)
    {
        _window = Window(at);
        _count = from.Next();
    }

    private long Window(long now) => Math.DivRem(now, Spec.PeriodMs, out var rest) - (rest < 0 ? 1 : 0);
}
