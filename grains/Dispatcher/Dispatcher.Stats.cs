using Worcr.Core.Fairness;
using Worcr.Core.Time;
using Worcr.Grains.Lanes;
using Worcr.Grains.Workers;

namespace Worcr.Grains;

/// <summary>Figures.</summary>
public sealed partial class Dispatcher
{
    private const int MaxListed = 1_000;
    private const int LatencySamples = 4_096;

    private readonly JobCounts _counts = new();
    private readonly double[] _latencies = new double[LatencySamples];
    private readonly RecentCount _enqueued = new();
    private readonly RecentCount _started = new();
    private readonly RecentCount _succeeded = new();
    private readonly long _since;
    private long _latencyCount;

    private void Stats(Envelope envelope) => Answer(envelope, Figures());

    /// <summary>The figures of this moment.</summary>
    public StatsReply Figures() =>
        new()
        {
            Jobs = _counts.Copy(),
            Scheduled = _waiting[WaitingStrand.PriorityOf(JobState.Scheduled)].Jobs,
            Retrying = _waiting[WaitingStrand.PriorityOf(JobState.Retry)].Jobs,
            Tenants = Busiest(_tenants.Values.Select(t => KeyValuePair.Create(t.Name, t.Counts))),
            Types = Busiest(_types.Values.Select(t => KeyValuePair.Create(t.Name, t.Counts))),
            Queues = Queues(),
            Workers = WorkerViews(),
            Orders = Orders(),
            Endpoints = EndpointViews(),
            StartLatencyMs = Percentiles(),
            RunTimes = _types.Values.Where(t => t.RunMs >= 0).Take(MaxListed).ToDictionary(t => t.Name, t => t.RunMs, StringComparer.Ordinal),
            Load = new LoadView(_admission.Level, _admission.Load, _admission.DelayMs, _counts.Shed),
            Rates = new RateFigures(_enqueued.PerSecond(_now, _since), _started.PerSecond(_now, _since), _succeeded.PerSecond(_now, _since)),
            Fairness = Fairness(),
            Limits = BusiestLimits(),
            Slo = SloFigures(),
            Violations = ViolationCounts(),
        };

    private QueueView[] Queues() =>
        [.. _queues.Values.OrderByDescending(q => q.Counts.Ready + q.Counts.Running + q.Counts.Enqueued).Take(MaxListed).Select(q => new QueueView(q.Name, q.State, q.Counts.Copy()))];

    /// <summary>How evenly tenants that have jobs waiting were served in the last minute, for their shares.</summary>
    private double Fairness() =>
        FairnessIndex.Of(_tenants.Values.Where(t => t.Counts.Ready > 0).Select(t => t.Served.Sum(_now) / t.Share));

    private KeyValuePair<string, LimitUsage>[] BusiestLimits() =>
        [.. _limits.Values.Append(_tenantLimits)
            .SelectMany(l => l.Buckets.Values)
            .Select(b => (Bucket: b, Used: b.Permits.Used(_now)))
            .Where(b => b.Used > 0 || b.Bucket.Waiting > 0)
            .OrderByDescending(b => b.Used / Math.Max(1.0, b.Bucket.Permits.Spec.Limit))
            .Take(MaxUsage)
            .Select(b => KeyValuePair.Create(NameOf(b.Bucket), Usage(b.Bucket)))];

    private static KeyValuePair<string, JobCounts>[] Busiest(IEnumerable<KeyValuePair<string, JobCounts>> all) =>
        [.. all.OrderByDescending(c => c.Value.Ready + c.Value.Running + c.Value.Enqueued).Take(MaxListed).Select(c => KeyValuePair.Create(c.Key, c.Value.Copy()))];

    /// <summary>A session without slots may be of a worker that polls: its leases are found by its name.</summary>
    private WorkerView[] WorkerViews()
    {
        var polls = _sessions.Values.Any(s => s is { Slots: 0, Poll: null });
        var polled = !polls ? [] : _running.Where(g => g.Session is null).CountBy(g => g.Worker ?? "", StringComparer.Ordinal).ToDictionary(StringComparer.Ordinal);
        return [.. _sessions.Values.Select(s => View(s, s.Held.Count + (s is { Slots: 0, Poll: null } ? polled.GetValueOrDefault(s.Worker) : 0)))];
    }

    private static WorkerView View(Session session, int held)
    {
        var request = session.Request;
        var state = session is { IsQuiet: true, State: SessionState.Attached } ? "quiet" : session.State.ToString().ToLowerInvariant();
        return new WorkerView(
            session.Id, session.Worker, request.Transport, request.Types, request.Tags, request.Queues,
            session.Slots, held, state, session.Since);
    }

    private (double P50, double P95, double P99) Percentiles()
    {
        var samples = _latencies.AsSpan(0, (int)Math.Min(_latencyCount, LatencySamples)).ToArray();
        if (samples.Length == 0) return default;
        Array.Sort(samples);
        return (At(0.5), At(0.95), At(0.99));
        double At(double share) => samples[(int)(share * (samples.Length - 1))];
    }

    private void NoteStartLatency(long ms) => _latencies[_latencyCount++ % LatencySamples] = Math.Max(0, ms);

    private void CountReady(Lane lane, long delta)
    {
        _counts.Ready += delta;
        lane.TenantGrain.Counts.Ready += delta;
        lane.Type.Counts.Ready += delta;
        foreach (var shed in lane.CountedBy) shed.CountOthers(lane.Shape.OrderKey, delta);
        foreach (var shed in lane.Sheds) shed.CountHeld(lane.Shape.OrderKey, delta);
        lane.Queue.Counts.Ready += delta;
    }

    /// <summary>A lease begins (+1) or ends (-1): what runs is not ready.</summary>
    private void CountRunning(Lane lane, int delta)
    {
        _counts.Running += delta;
        lane.TenantGrain.Counts.Running += delta;
        lane.Type.Counts.Running += delta;
        lane.Queue.Counts.Running += delta;
        CountReady(lane, -delta);
        CountHeld(lane, delta);
    }

    private void CountEnqueued(Lane lane)
    {
        _enqueued.Note(_now);
        _counts.Enqueued++;
        lane.TenantGrain.Counts.Enqueued++;
        lane.Type.Counts.Enqueued++;
        lane.Queue.Counts.Enqueued++;
    }

    private void CountFailure(Lane lane)
    {
        _counts.Failed++;
        lane.TenantGrain.Counts.Failed++;
        lane.Type.Counts.Failed++;
        lane.Queue.Counts.Failed++;
    }

    private void CountEnding(Lane lane, JobState state)
    {
        if (state == JobState.Succeeded) _succeeded.Note(_now);
        CountEnding(_counts, state);
        CountEnding(lane.TenantGrain.Counts, state);
        CountEnding(lane.Type.Counts, state);
        CountEnding(lane.Queue.Counts, state);
    }

    private static void CountEnding(JobCounts counts, JobState state)
    {
        switch (state)
        {
            case JobState.Succeeded: counts.Succeeded++; break;
            case JobState.Dead: counts.Dead++; break;
            case JobState.Expired:
                counts.Dropped++;
                counts.Expired++;
                break;
            default: counts.Dropped++; break;
        }
    }
}
