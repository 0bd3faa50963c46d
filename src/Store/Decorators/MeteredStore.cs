using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Worcr.Store.Decorators;

/// <summary>Measures a store: <c>worcr.store.duration</c> (s, by verb), <c>worcr.store.rows</c> (written by flushes, by part) and <c>worcr.store.errors</c> (by verb and kind).</summary>
public sealed class MeteredStore : StoreDecorator
{
    /// <summary>The meter's name.</summary>
    public const string MeterName = "Worcr.Store";

    private readonly TimeProvider _time;
    private readonly Meter _meter;
    private readonly Histogram<double> _duration;
    private readonly Counter<long> _rows;
    private readonly Counter<long> _errors;

    /// <summary>Measures <paramref name="inner"/>.</summary>
    public MeteredStore(IJobStore inner, IMeterFactory meters, TimeProvider time)
        : base(inner)
    {
        _time = time;
        _meter = meters.Create(MeterName);
        _duration = _meter.CreateHistogram<double>("worcr.store.duration", "s", "Duration of the calls of the store.");
        _rows = _meter.CreateCounter<long>("worcr.store.rows", "{row}", "Rows that flushes wrote.");
        _errors = _meter.CreateCounter<long>("worcr.store.errors", "{error}", "Calls of the store that failed.");
    }

    /// <inheritdoc />
    public override async Task CommitAsync(Flush flush, CancellationToken cancel)
    {
        var parts = Parts(flush);
        await base.CommitAsync(flush, cancel);
        foreach (var (part, rows) in parts)
        {
            if (rows > 0) _rows.Add(rows, new KeyValuePair<string, object?>("part", part));
        }
    }

    /// <inheritdoc />
    protected override Task<T> ReadAsync<T>(StoreVerb verb, Func<Task<T>> call, CancellationToken cancel) => MeasureAsync(verb, call);

    /// <inheritdoc />
    protected override Task<T> WriteAsync<T>(StoreVerb verb, Func<Task<T>> call, CancellationToken cancel) => MeasureAsync(verb, call);

    private async Task<T> MeasureAsync<T>(StoreVerb verb, Func<Task<T>> call)
    {
        var start = _time.GetTimestamp();
        try
        {
            return await call();
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            _errors.Add(1, new TagList { { "verb", verb.ToString() }, { "kind", Kind(e) } });
            throw;
        }
        finally
        {
            _duration.Record(_time.GetElapsedTime(start).TotalSeconds, new KeyValuePair<string, object?>("verb", verb.ToString()));
        }
    }

    // Counted before the call: the dispatcher may reuse the flush afterwards.
    private static (string Part, int Rows)[] Parts(Flush flush) =>
    [
        ("lanes", flush.Lanes.Count), ("revivals", flush.Revivals.Count), ("inserts", flush.Inserts.Count), ("updates", flush.Updates.Count),
        ("notes", flush.Notes.Count), ("outcomes", flush.Outcomes.Count), ("leases", flush.Leases.Count), ("strands", flush.Strands.Count),
        ("permits", flush.Permits.Count), ("locks", flush.LocksTaken.Count + flush.LocksReleased.Count), ("resources", flush.Resources.Count),
    ];

    private static string Kind(Exception error) => error switch
    {
        StoreTransientException => "transient",
        StoreOutcomeUnknownException => "unknown",
        StoreFencedException => "fenced",
        StoreSchemaException => "schema",
        _ => "defect",
    };
}
