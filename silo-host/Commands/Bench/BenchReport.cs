using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using Spectre.Console;

namespace Worcr.SiloHost.Commands.Bench;

/// <summary>Writes results as a table for people and as JSON for programs.</summary>
public static class BenchReport
{
    /// <summary>What the numbers were measured on.</summary>
    public static string Machine =>
        $"{Environment.ProcessorCount} processors, {RuntimeInformation.OSDescription}, {RuntimeInformation.FrameworkDescription}";

    /// <summary>Writes the table, as wide as it needs.</summary>
    public static void WriteTable(TextWriter output, IReadOnlyList<BenchResult> results)
    {
        const int Width = 160;
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(output), Ansi = AnsiSupport.No });
        console.Profile.Width = Width;
        console.Write(Table(results));
    }

    private static Table Table(IReadOnlyList<BenchResult> results)
    {
        var table = new Table().Border(TableBorder.Rounded);
        table.AddColumn("");
        table.AddColumn("figure");
        table.AddColumn("store");
        table.AddColumn(new TableColumn("median").RightAligned());
        table.AddColumn(new TableColumn("min .. max").RightAligned());
        table.AddColumn(new TableColumn("cpu s silo / load").RightAligned());
        foreach (var result in results) table.AddRow(Row(result));
        return table;
    }

    /// <summary>One number with its unit.</summary>
    public static string Number(double value, string unit)
    {
        var digits = Math.Abs(value) < 10 ? "0.00" : Math.Abs(value) < 100 ? "0.0" : "N0";
        return string.Create(CultureInfo.InvariantCulture, $"{value.ToString(digits, CultureInfo.InvariantCulture)} {unit}");
    }

    /// <summary>The JSON document.</summary>
    public static string Json(IReadOnlyList<BenchResult> results, IReadOnlyList<string> stores, int rounds, DateTimeOffset at)
    {
        var document = new
        {
            at,
            version = Hosting.Silo.Version,
            machine = Machine,
            load = LoadAverage.Read(),
            rounds,
            stores,
            figures = results.Select(result => new
            {
                result.Figure,
                result.Title,
                result.Store,
                result.Name,
                result.Unit,
                result.Median,
                result.Min,
                result.Max,
                result.Runs,
                result.SiloCpu,
                result.LoadCpu,
                result.Skipped,
            }),
        };
        return JsonSerializer.Serialize(document, JsonOptions);
    }

    private static readonly JsonSerializerOptions JsonOptions = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    private static string[] Row(BenchResult result)
    {
        var title = Markup.Escape(result.Name.Length == 0 ? result.Title : $"{result.Title}: {result.Name}");
        if (result.Skipped is { } reason) return [result.Figure, title, result.Store, "skipped", Markup.Escape(reason), ""];
        var range = result.Runs.Count == 1 ? "" : $"{Number(result.Min, "").TrimEnd()} .. {Number(result.Max, "").TrimEnd()}";
        var cpu = result.SiloCpu + result.LoadCpu == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"{result.SiloCpu:0.0} / {result.LoadCpu:0.0}");
        return [result.Figure, title, result.Store, Number(result.Median, result.Unit), range, cpu];
    }
}
