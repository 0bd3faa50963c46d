namespace Worcr.Core.Time;

/// <summary>How often something happens: an exponentially decaying average, so that it costs two numbers and the last half minute counts most.</summary>
public struct EventRate
{
    private const double DecayMs = 30_000;

    private double _count;
    private long _at;

    /// <summary>It happened.</summary>
    public void Note(long now)
    {
        _count = Decayed(now) + 1;
        _at = Math.Max(_at, now);
    }

    /// <summary>How often a second, as of now.</summary>
    public readonly double PerSecond(long now) => Decayed(now) / (DecayMs / 1_000);

    private readonly double Decayed(long now) => now <= _at ? _count : _count * Math.Exp((_at - now) / DecayMs);
}
