namespace Worcr.Grains.Simulation;

/// <summary>What became of the jobs of a tenant, of a type, or of all.</summary>
public sealed class SimulatedGroup(string name)
{
    private readonly List<long> _waits = [];

    /// <summary>Its name.</summary>
    public string Name { get; } = name;

    /// <summary>Jobs that came.</summary>
    public int Jobs { get; internal set; }

    /// <summary>Jobs that succeeded.</summary>
    public int Succeeded { get; internal set; }

    /// <summary>Jobs that ended otherwise: out of attempts, expired, discarded.</summary>
    public int Ended { get; internal set; }

    /// <summary>Jobs that were turned away.</summary>
    public int Refused { get; internal set; }

    /// <summary>Jobs whose objective can be judged: they have started, or it has passed.</summary>
    public int Judged { get; internal set; }

    /// <summary>Those of them that started in time.</summary>
    public int Met { get; internal set; }

    /// <summary>Run time of all its attempts, in milliseconds.</summary>
    public double BusyMs { get; internal set; }

    /// <summary>Jobs that started.</summary>
    public int Started => _waits.Count;

    /// <summary>The mean wait from enqueue to start, in milliseconds.</summary>
    public double MeanMs => _waits.Count == 0 ? 0 : _waits.Average();

    /// <summary>The longest wait, in milliseconds.</summary>
    public long LongestMs => _waits.Count == 0 ? 0 : _waits[^1];

    /// <summary>The wait that this share of the started jobs did not exceed, in milliseconds.</summary>
    public long Percentile(double share) => _waits.Count == 0 ? 0 : _waits[Math.Max(0, (int)Math.Ceiling(share * _waits.Count) - 1)];

    internal void Start(long waitMs, long sloMs)
    {
        _waits.Add(waitMs);
        if (sloMs > 0) Judge(waitMs <= sloMs);
    }

    internal void Judge(bool met)
    {
        Judged++;
        if (met) Met++;
    }

    internal void Close() => _waits.Sort();
}
