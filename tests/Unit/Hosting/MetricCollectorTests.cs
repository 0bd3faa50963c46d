using System.Diagnostics.Metrics;
using Worcr.SiloHost.Telemetry;

namespace Worcr.Unit.Hosting;

public sealed class MetricCollectorTests
{
    [Fact]
    public void Instruments_become_metrics()
    {
        using var collector = new MetricCollector();
        using var meter = new Meter("Worcr.Test");
        using var other = new Meter("Other");
        meter.CreateCounter<long>("worcr.test.done", "{job}", "Done").Add(2, new KeyValuePair<string, object?>("kind", "a\"b"));
        var histogram = meter.CreateHistogram<double>("worcr.test.flush", "s", "Flush");
        histogram.Record(0.001);
        histogram.Record(0.3);
        histogram.Record(1_000);
        meter.CreateObservableGauge("worcr.test.depth", () => 7);
        meter.CreateUpDownCounter<int>("worcr.test.open").Add(-3);
        other.CreateCounter<long>("not.ours").Add(1);

        var text = new MetricText();
        collector.Write(text);
        var written = text.ToString();
        written.ShouldContain("# HELP worcr_test_done_total Done\n# TYPE worcr_test_done_total counter\nworcr_test_done_total{kind=\"a\\\"b\"} 2\n");
        written.ShouldContain("worcr_test_flush_seconds_bucket{le=\"0.001\"} 1\n");
        written.ShouldContain("worcr_test_flush_seconds_bucket{le=\"0.5\"} 2\n");
        written.ShouldContain("worcr_test_flush_seconds_bucket{le=\"+Inf\"} 3\n");
        written.ShouldContain("worcr_test_flush_seconds_count 3\n");
        written.ShouldContain("worcr_test_depth 7\n");
        written.ShouldContain("# TYPE worcr_test_open gauge\nworcr_test_open -3\n");
        written.ShouldNotContain("not_ours");
    }
}
