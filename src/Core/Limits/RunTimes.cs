namespace Worcr.Core.Limits;

/// <summary>
/// Whether run times get longer: a short moving average against a long one, as in Netflix' concurrency-limits (<c>Gradient2Limit</c>: tolerance 1.5, a
/// window of 600 runs; the long average follows faster when the load is gone, so that a bad hour is not the new normal).
/// </summary>
internal sealed class RunTimes
{
    private const double ShortShare = 1.0 / 16;
    private const int LongWindow = 600;
    private const double Tolerance = 1.5;
    private const double Forget = 0.95;
    private const int WarmUp = 50;
    private const double Floor = 1;
    private const double Longest = LimitSpec.MaxPeriodMs;
    private int _seen;
    private double _short;
    private double _long;

    /// <summary>What a run usually takes, in milliseconds; 0 before the first.</summary>
    public double Usual => _long;

    /// <summary>Whether the last dozen or so took more than 1.5 times as long as usual. Never before 50 runs were seen; below a millisecond all is alike.</summary>
    public bool IsSlow => _seen >= WarmUp && _short > Math.Max(_long, Floor) * Tolerance;

    /// <summary>Notes a run; one that says no sensible time is passed over.</summary>
    public void Add(double runMs)
    {
        if (!(runMs >= 0 && runMs <= Longest)) return;
        if (_seen < LongWindow) _seen++;
        _short += (runMs - _short) * Math.Max(ShortShare, 1.0 / _seen);
        _long += (runMs - _long) * (1.0 / _seen);
        if (_long > _short * 2) _long *= Forget;
    }

    /// <summary>Writes what it knows.</summary>
    public void Write(StateWriter to)
    {
        to.Add(_seen);
        to.Add(_short);
        to.Add(_long);
    }

    /// <summary>Reads what was written.</summary>
    public void Read(StateReader from)
    {
        _seen = (int)from.Next();
        _short = from.NextDouble();
        _long = from.NextDouble();
    }
}
