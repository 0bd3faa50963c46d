namespace Worcr.SiloHost.Telemetry;

/// <summary>One series of an instrument: a sum or a last value, or the buckets of a histogram.</summary>
internal sealed class MetricSeries(double[]? bounds)
{
    private readonly Lock _gate = new();
    private readonly long[] _buckets = new long[(bounds?.Length ?? -1) + 1];
    private double _value;
    private long _count;

    /// <summary>Adds a measurement of a counter or histogram.</summary>
    public void Add(double value)
    {
        lock (_gate)
        {
            _value += value;
            _count++;
            if (bounds is not null) _buckets[BucketOf(bounds, value)]++;
        }
    }

    /// <summary>Sets the value of a gauge or observable instrument.</summary>
    public void Set(double value)
    {
        lock (_gate) _value = value;
    }

    /// <summary>Writes the series.</summary>
    public void Write(MetricText text, string name, string labels)
    {
        lock (_gate)
        {
            if (bounds is null) text.Sample(name, labels, _value);
            else WriteBuckets(text, name, labels, bounds);
        }
    }

    private void WriteBuckets(MetricText text, string name, string labels, double[] upper)
    {
        var prefix = labels.Length == 0 ? "" : labels + ",";
        long total = 0;
        for (var i = 0; i < upper.Length; i++)
        {
            total += _buckets[i];
            text.Sample(name + "_bucket", $"{prefix}le=\"{MetricText.Number(upper[i])}\"", total);
        }

        text.Sample(name + "_bucket", prefix + "le=\"+Inf\"", _count);
        text.Sample(name + "_sum", labels, _value);
        text.Sample(name + "_count", labels, _count);
    }

    private static int BucketOf(double[] upper, double value)
    {
        var index = Array.BinarySearch(upper, value);
        return index >= 0 ? index : ~index;
    }
}
