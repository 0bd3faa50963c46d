using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace Worcr.SiloHost.Telemetry;

/// <summary>One instrument with its series, at most 1,000 of them: what comes later is counted under no label.</summary>
internal sealed class MetricInstrument
{
    private const int MaxSeries = 1_000;
    private static readonly double[] Seconds = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60];
    private static readonly double[] Others = [1, 2.5, 5, 10, 25, 50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000, 100_000, 1_000_000];
    private readonly ConcurrentDictionary<string, MetricSeries> _series = new(StringComparer.Ordinal);
    private readonly double[]? _bounds;
    private readonly bool _adds;
    private readonly MetricSeries _plain;

    /// <summary>Describes an instrument.</summary>
    public MetricInstrument(Instrument source)
    {
        var kind = source.GetType().Name;
        var histogram = kind.StartsWith("Histogram", StringComparison.Ordinal);
        var counter = kind.StartsWith("Counter", StringComparison.Ordinal) || kind.StartsWith("ObservableCounter", StringComparison.Ordinal);
        _adds = !kind.StartsWith("Observable", StringComparison.Ordinal) && !kind.StartsWith("Gauge", StringComparison.Ordinal);
        _bounds = histogram ? (source.Unit == "s" ? Seconds : Others) : null;
        _plain = new MetricSeries(_bounds);
        Type = histogram ? "histogram" : counter ? "counter" : "gauge";
        Name = MetricText.NameOf(source.Name) + SuffixOf(source.Unit) + (counter ? "_total" : "");
        Help = source.Description ?? source.Name;
    }

    /// <summary>Its name in the text.</summary>
    public string Name { get; }

    private string Type { get; }

    private string Help { get; }

    /// <summary>Takes a measurement.</summary>
    public void Take(double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var series = tags.IsEmpty ? _plain : SeriesOf(tags);
        if (_adds) series.Add(value);
        else series.Set(value);
    }

    /// <summary>Writes all series.</summary>
    public void Write(MetricText text)
    {
        text.Begin(Name, Type, Help);
        if (_series.IsEmpty) _plain.Write(text, Name, "");
        foreach (var (labels, series) in _series.OrderBy(s => s.Key, StringComparer.Ordinal)) series.Write(text, Name, labels);
    }

    private MetricSeries SeriesOf(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var labels = new (string, string)[tags.Length];
        for (var i = 0; i < tags.Length; i++) labels[i] = (tags[i].Key, tags[i].Value?.ToString() ?? "");
        var key = _series.Count < MaxSeries ? MetricText.Labels(labels) : "";
        return _series.GetOrAdd(key, static (_, bounds) => new MetricSeries(bounds), _bounds);
    }

    private static string SuffixOf(string? unit) => unit switch
    {
        "s" => "_seconds",
        "ms" => "_milliseconds",
        "By" => "_bytes",
        _ => "",
    };
}
