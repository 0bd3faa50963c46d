using System.Globalization;
using Spectre.Console;
using Worcr.Protocol;

namespace Worcr.SiloHost.Commands.Simulate;

/// <summary>A simulation's answer for people.</summary>
internal static class SimulationTables
{
    private const int Width = 160;
    private const int MaxRows = 20;
    private const string Nameless = "(none)";

    /// <summary>Writes the tables.</summary>
    public static void Write(TextWriter output, SimulationAnswer answer)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(output), Ansi = AnsiSupport.No });
        console.Profile.Width = Width;
        console.WriteLine(Invariant($"{answer.Jobs.Came:N0} jobs, {answer.Jobs.Started:N0} started in {Time(answer.Simulated.Milliseconds)} of simulated time{(answer.Truncated ? "; broken off, so it is not the whole story" : "")}"));
        if (answer.Scale > 1) console.WriteLine(Invariant($"each stands for {answer.Scale:0.#} jobs of the backlog"));
        console.WriteLine(Invariant($"wait {Waits(answer.Latency)}   slots busy {answer.Utilisation.All:P1}   fairness {answer.Fairness.Index:0.000}   SLO {Slo(answer.Slo)}"));
        console.Write(Groups("tenant", answer.Tenants));
        console.Write(Groups("type", answer.Types));
        if (answer.Waiting.Count > 0) console.Write(Waiting(answer.Waiting));
    }

    private static Table Groups(string title, IReadOnlyList<SimulatedGroupDocument> groups)
    {
        var table = new Table().Border(TableBorder.Rounded);
        table.AddColumn(title);
        foreach (var name in (string[])["jobs", "started", "failed", "refused", "p50", "p95", "p99", "SLO", "got of its share"]) table.AddColumn(new TableColumn(name).RightAligned());
        foreach (var g in groups.Take(MaxRows)) table.AddRow(Row(g));
        if (groups.Count > MaxRows) table.Caption($"and {groups.Count - MaxRows} more: --json has them");
        return table;
    }

    private static string[] Row(SimulatedGroupDocument g) =>
    [
        Markup.Escape(g.Name.Length == 0 ? Nameless : g.Name), Number(g.Jobs.Came), Number(g.Jobs.Started), Number(g.Jobs.Ended), Number(g.Jobs.Refused),
        Time(g.Latency.P50), Time(g.Latency.P95), Time(g.Latency.P99), Slo(g.Slo), g.Fair is { } fair ? Invariant($"{fair:P0}") : "",
    ];

    private static Table Waiting(IReadOnlyList<SimulatedWaiting> lanes)
    {
        var table = new Table().Border(TableBorder.Rounded);
        foreach (var name in (string[])["waiting at the end", "tenant", "jobs", "because"]) table.AddColumn(name);
        foreach (var lane in lanes.Take(MaxRows))
            table.AddRow(Markup.Escape(lane.Type), Markup.Escape(lane.Tenant.Length == 0 ? Nameless : lane.Tenant), Number(lane.Jobs), Markup.Escape(lane.Reasons is [var first, ..] ? first.Text : "the time was over"));
        return table;
    }

    private static string Waits(SimulatedLatency latency) => $"p50 {Time(latency.P50)}, p95 {Time(latency.P95)}, p99 {Time(latency.P99)}, longest {Time(latency.Max)}";

    private static string Slo(SimulatedSlo slo) => slo.Jobs == 0 ? "-" : Invariant($"{slo.Attainment:P1}");

    private static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

    private static string Time(long ms) => ms switch
    {
        < 1_000 => Invariant($"{ms} ms"),
        < 120_000 => Invariant($"{ms / 1_000.0:0.##} s"),
        < 7_200_000 => Invariant($"{ms / 60_000.0:0.#} min"),
        _ => Invariant($"{ms / 3_600_000.0:0.#} h"),
    };

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);
}
