using System.Globalization;
using System.Net;
using Worcr.Protocol;

namespace Worcr.SiloHost.Commands.Connection;

/// <summary>Why the server refused.</summary>
/// <param name="Status">The status.</param>
/// <param name="Code">The stable code, or empty.</param>
/// <param name="Detail">For people.</param>
/// <param name="Path">The field at fault, or null.</param>
public sealed record ApiProblem(HttpStatusCode Status, string Code, string Detail, string? Path)
{
    /// <summary>The first thing that a problem document complains of.</summary>
    public static ApiProblem Of(HttpStatusCode status, Problem problem)
    {
        var first = problem.Errors is { Count: > 0 } errors ? errors[0] : null;
        return new ApiProblem(status, problem.Code, first?.Message ?? problem.Detail ?? problem.Title, first?.Path);
    }

    /// <summary>Which job of a request of many is at fault (<c>[3].type</c>, <c>jobs[3].type</c>), or null when it is not one job.</summary>
    public int? JobIndex
    {
        get
        {
            var text = Path ?? "";
            var open = text.IndexOf('[', StringComparison.Ordinal);
            var close = text.IndexOf(']', StringComparison.Ordinal);
            if (open < 0 || close < open || text[..open] is not ("" or "$" or "jobs" or "$.jobs")) return null;
            return int.TryParse(text.AsSpan(open + 1, close - open - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var index) ? index : null;
        }
    }

    /// <inheritdoc />
    public override string ToString()
    {
        var field = Path is null ? "" : $"{Path}: ";
        var text = Detail.Length > 0 ? Detail : Status.ToString();
        return Code.Length > 0 ? $"{field}{text} ({Code})" : $"{field}{text} (HTTP {(int)Status})";
    }
}
