using System.Globalization;
using System.Text.Json;

namespace Worcr.SiloHost.Commands.Work;

/// <summary>A line of a program's standard output that is addressed to Worcr: <c>::checkpoint NAME JSON</c>, <c>::progress NAME DONE TOTAL</c>.</summary>
public abstract record ExecLine
{
    private const string CheckpointMark = "::checkpoint ";
    private const string ProgressMark = "::progress ";

    /// <summary>A value to save.</summary>
    public sealed record Checkpoint(string Name, string Json) : ExecLine;

    /// <summary>A done/total pair.</summary>
    public sealed record Progress(string Name, double Done, double Total) : ExecLine;

    /// <summary>Looks like one of these, but is not.</summary>
    public sealed record Malformed(string Reason) : ExecLine;

    /// <summary>Reads a line; null when it belongs to the result.</summary>
    public static ExecLine? Parse(string line)
    {
        if (line.StartsWith(CheckpointMark, StringComparison.Ordinal)) return ParseCheckpoint(line[CheckpointMark.Length..].Trim());
        return line.StartsWith(ProgressMark, StringComparison.Ordinal) ? ParseProgress(line[ProgressMark.Length..].Trim()) : null;
    }

    private static ExecLine ParseCheckpoint(string rest)
    {
        var space = rest.IndexOf(' ', StringComparison.Ordinal);
        if (space < 0) return new Malformed("::checkpoint takes a name and a JSON value");
        var json = rest[(space + 1)..].Trim();
        try
        {
            using var parsed = JsonDocument.Parse(json);
            return new Checkpoint(rest[..space], json);
        }
        catch (JsonException)
        {
            return new Malformed($"::checkpoint {rest[..space]}: the value is not JSON");
        }
    }

    private static ExecLine ParseProgress(string rest)
    {
        var parts = rest.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return parts.Length == 3 && TryNumber(parts[1], out var done) && TryNumber(parts[2], out var total)
            ? new Progress(parts[0], done, total)
            : new Malformed("::progress takes a name and two numbers");
    }

    private static bool TryNumber(string text, out double number) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out number) && double.IsFinite(number);
}
