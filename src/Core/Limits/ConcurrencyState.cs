namespace Worcr.Core.Limits;

/// <summary>So many at once: a number.</summary>
internal sealed class ConcurrencyState(LimitSpec spec) : LimitState(spec)
{
    private long _held;

    public override void Take(long now, long n) => _held += n;

    public override void Return(long n)
    {
        if (n > _held) throw new InvalidOperationException($"{n} returned of {_held} that are held");
        _held -= n;
    }

    public override long OpensAt(long now, int n) => CanTake(now, n) ? now : long.MaxValue;

    public override long Used(long now) => _held;

    public override void Change(LimitSpec spec, long now) => Spec = spec;

    public override void Write(StateWriter to, long now) => throw new NotSupportedException("it is rebuilt from the open leases");

    public override void Read(StateReader from, long at) => throw new NotSupportedException("it is rebuilt from the open leases");
}
