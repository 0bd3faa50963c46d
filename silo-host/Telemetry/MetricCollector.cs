using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace Worcr.SiloHost.Telemetry;

/// <summary>Listens to every instrument of meters named <c>Worcr.*</c> and writes what they measured.</summary>
public sealed class MetricCollector : IDisposable
{
    private const string Prefix = "Worcr.";
    private readonly ConcurrentDictionary<Instrument, MetricInstrument> _instruments = new();
    private readonly MeterListener _listener = new();

    /// <summary>Starts to listen.</summary>
    public MetricCollector()
    {
        _listener.InstrumentPublished = Enable;
        _listener.SetMeasurementEventCallback<byte>((_, value, tags, state) => Take(state, value, tags));
        _listener.SetMeasurementEventCallback<short>((_, value, tags, state) => Take(state, value, tags));
        _listener.SetMeasurementEventCallback<int>((_, value, tags, state) => Take(state, value, tags));
        _listener.SetMeasurementEventCallback<long>((_, value, tags, state) => Take(state, value, tags));
        _listener.SetMeasurementEventCallback<float>((_, value, tags, state) => Take(state, value, tags));
        _listener.SetMeasurementEventCallback<double>((_, value, tags, state) => Take(state, value, tags));
        _listener.SetMeasurementEventCallback<decimal>((_, value, tags, state) => Take(state, (double)value, tags));
        _listener.Start();
    }

    /// <summary>Writes all instruments, by name.</summary>
    public void Write(MetricText text)
    {
        _listener.RecordObservableInstruments();
        foreach (var instrument in _instruments.Values.DistinctBy(i => i.Name).OrderBy(i => i.Name, StringComparer.Ordinal)) instrument.Write(text);
    }

    /// <inheritdoc />
    public void Dispose() => _listener.Dispose();

    private void Enable(Instrument instrument, MeterListener listener)
    {
        if (!instrument.Meter.Name.StartsWith(Prefix, StringComparison.Ordinal)) return;
        listener.EnableMeasurementEvents(instrument, _instruments.GetOrAdd(instrument, static i => new MetricInstrument(i)));
    }

    private static void Take(object? state, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags) => ((MetricInstrument)state!).Take(value, tags);
}
