using Worcr.Core.Slo;
using Worcr.Protocol;

namespace Worcr.SiloHost.Api;

/// <summary>Objectives on the wire.</summary>
internal static class SloDocuments
{
    /// <summary>The windows' names, in the order of <see cref="SloSpan"/>.</summary>
    public static readonly string[] Windows = ["5m", "30m", "1h", "6h"];

    /// <summary>All of them.</summary>
    public static StatsSlo Of(IReadOnlyList<SloFigures> figures) => new(Of(figures, ofTenants: false), Of(figures, ofTenants: true));

    private static Dictionary<string, SloDocument> Of(IReadOnlyList<SloFigures> figures, bool ofTenants) =>
        figures.Where(f => f.IsTenant == ofTenants).ToDictionary(f => f.Name, Of, StringComparer.Ordinal);

    private static SloDocument Of(SloFigures figures) => new()
    {
        Target = figures.Target,
        Alert = NameOf(figures.Alert),
        Met = figures.Windows[^1].Met,
        Missed = figures.Windows[^1].Missed,
        Attainment = figures.Windows.Zip(Windows).Where(w => w.First.Total > 0).ToDictionary(w => w.Second, w => w.First.Attainment!.Value, StringComparer.Ordinal),
        BurnRate = figures.Windows.Zip(Windows).Where(w => w.First.Total > 0).ToDictionary(w => w.Second, w => w.First.BurnRate(figures.Target), StringComparer.Ordinal),
        Waiting = figures.Waiting,
        MissInMs = figures.MissInMs,
    };

    private static string NameOf(SloAlert alert) => alert switch
    {
        SloAlert.Page => "page",
        SloAlert.Ticket => "ticket",
        _ => "none",
    };
}
