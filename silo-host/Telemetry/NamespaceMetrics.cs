using Worcr.SiloHost.Api;

namespace Worcr.SiloHost.Telemetry;

/// <summary>The figures of a namespace as metrics.</summary>
internal static class NamespaceMetrics
{
    private const double MsPerSecond = 1_000;

    /// <summary>Writes them.</summary>
    public static void Write(MetricText text, string space, StatsReply stats)
    {
        var label = MetricText.Labels(("namespace", space));
        WriteJobs(text, label, stats.Jobs);
        WriteTypes(text, space, stats.Types);
        WriteWorkers(text, label, stats.Workers);
        WriteLatency(text, label, stats.StartLatencyMs);
        WriteLoad(text, label, stats.Load);
        text.Begin("worcr_fairness_index", "gauge", "Jain's index over tenants with waiting jobs: what each was served for its share in the last minute");
        text.Sample("worcr_fairness_index", label, stats.Fairness);
        WriteLimits(text, space, stats.Limits);
        SloMetrics.Write(text, space, stats.Slo);
        EndpointMetrics.Write(text, space, stats.Endpoints);
        WriteViolations(text, space, stats.Violations);
    }

    private static void WriteViolations(MetricText text, string space, IReadOnlyList<ViolationCount> violations)
    {
        text.Begin("worcr_violations_total", "counter", "Jobs that ran longer, or without a checkpoint, than their type's policy allows");
        foreach (var count in violations)
        {
            text.Sample("worcr_violations_total", MetricText.Labels(("namespace", space), ("type", count.Type), ("kind", ViolationsEndpoint.NameOf(count.Kind))), count.Count);
        }
    }

    private static void WriteLimits(MetricText text, string space, IReadOnlyList<KeyValuePair<string, LimitUsage>> limits)
    {
        text.Begin("worcr_limit_used_ratio", "gauge", "How full keys of limits are, of the fullest");
        foreach (var (name, usage) in limits)
        {
            text.Sample("worcr_limit_used_ratio", MetricText.Labels(("namespace", space), ("limit", name), ("key", usage.Key)), usage.Used / Math.Max(1.0, usage.Limit));
        }
    }

    private static void WriteJobs(MetricText text, string label, JobCounts jobs)
    {
        text.Begin("worcr_jobs", "gauge", "Jobs by state, now");
        text.Sample("worcr_jobs", label + ",state=\"ready\"", jobs.Ready);
        text.Sample("worcr_jobs", label + ",state=\"running\"", jobs.Running);
        One(text, label, "worcr_jobs_enqueued_total", "Jobs enqueued", jobs.Enqueued);
        One(text, label, "worcr_jobs_succeeded_total", "Jobs that succeeded", jobs.Succeeded);
        One(text, label, "worcr_attempts_failed_total", "Attempts that failed", jobs.Failed);
        One(text, label, "worcr_jobs_dead_total", "Jobs that ran out of attempts", jobs.Dead);
        One(text, label, "worcr_jobs_dropped_total", "Jobs cancelled, expired or discarded", jobs.Dropped);
    }

    private static void WriteTypes(MetricText text, string space, IReadOnlyList<KeyValuePair<string, JobCounts>> types)
    {
        text.Begin("worcr_type_jobs", "gauge", "Jobs by type and state, now, of the busiest types");
        foreach (var (type, jobs) in types)
        {
            text.Sample("worcr_type_jobs", MetricText.Labels(("namespace", space), ("type", type), ("state", "ready")), jobs.Ready);
            text.Sample("worcr_type_jobs", MetricText.Labels(("namespace", space), ("type", type), ("state", "running")), jobs.Running);
        }
    }

    private static void WriteWorkers(MetricText text, string label, IReadOnlyList<WorkerView> workers)
    {
        text.Begin("worcr_workers", "gauge", "Worker sessions");
        text.Sample("worcr_workers", label, workers.Count);
        text.Begin("worcr_worker_slots", "gauge", "Jobs that the workers can run at once");
        text.Sample("worcr_worker_slots", label, workers.Sum(w => (double)w.Slots));
        text.Begin("worcr_worker_leases", "gauge", "Leases that the workers hold");
        text.Sample("worcr_worker_leases", label, workers.Sum(w => (double)w.Held));
    }

    private static void WriteLatency(MetricText text, string label, (double P50, double P95, double P99) latency)
    {
        text.Begin("worcr_start_latency_seconds", "gauge", "From enqueue or due time to lease, over the last 4,096 leases");
        text.Sample("worcr_start_latency_seconds", label + ",quantile=\"0.5\"", latency.P50 / MsPerSecond);
        text.Sample("worcr_start_latency_seconds", label + ",quantile=\"0.95\"", latency.P95 / MsPerSecond);
        text.Sample("worcr_start_latency_seconds", label + ",quantile=\"0.99\"", latency.P99 / MsPerSecond);
    }

    private static void WriteLoad(MetricText text, string label, LoadView load)
    {
        text.Begin("worcr_load", "gauge", "How near to capacity the dispatcher is, from 0 to 1");
        text.Sample("worcr_load", label, load.Load);
        text.Begin("worcr_admission_level", "gauge", "Effective weight below which new jobs are turned away; 0: none");
        text.Sample("worcr_admission_level", label, load.Level);
        text.Begin("worcr_queueing_delay_seconds", "gauge", "How long messages have to wait at least before the dispatcher handles them");
        text.Sample("worcr_queueing_delay_seconds", label, load.DelayMs / MsPerSecond);
        One(text, label, "worcr_jobs_shed_total", "Jobs turned away, discarded or put off because there was too much to do", load.Shed);
    }

    private static void One(MetricText text, string label, string name, string help, long value)
    {
        text.Begin(name, "counter", help);
        text.Sample(name, label, value);
    }
}
