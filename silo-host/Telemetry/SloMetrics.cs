using Worcr.SiloHost.Api;

namespace Worcr.SiloHost.Telemetry;

/// <summary>Objectives as metrics.</summary>
internal static class SloMetrics
{
    /// <summary>Writes them.</summary>
    public static void Write(MetricText text, string space, IReadOnlyList<SloFigures> slo)
    {
        text.Begin("worcr_slo_attainment", "gauge", "The share of starts within their objective, by type or tenant and window");
        Each(slo, (figures, window, name) =>
        {
            if (figures.Windows[window].Attainment is { } share) text.Sample("worcr_slo_attainment", Labels(space, figures, name), share);
        });
        text.Begin("worcr_slo_burn_rate", "gauge", "How many times faster than allowed the error budget is spent");
        Each(slo, (figures, window, name) => text.Sample("worcr_slo_burn_rate", Labels(space, figures, name), figures.Windows[window].BurnRate(figures.Target)));
        text.Begin("worcr_slo_alert", "gauge", "Whether the error budget burns: 1 a ticket, 2 a page");
        foreach (var figures in slo) text.Sample("worcr_slo_alert", Labels(space, figures, null), (int)figures.Alert);
    }

    private static void Each(IReadOnlyList<SloFigures> slo, Action<SloFigures, int, string> write)
    {
        foreach (var figures in slo)
        {
            for (var window = 0; window < SloDocuments.Windows.Length; window++) write(figures, window, SloDocuments.Windows[window]);
        }
    }

    private static string Labels(string space, SloFigures figures, string? window)
    {
        var scope = (figures.IsTenant ? "tenant" : "type", figures.Name);
        return window is null ? MetricText.Labels(("namespace", space), scope) : MetricText.Labels(("namespace", space), scope, ("window", window));
    }
}
