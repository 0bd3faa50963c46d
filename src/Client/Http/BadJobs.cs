using System.Globalization;
using Worcr.Protocol;

namespace Worcr.Client.Http;

/// <summary>Finds out of an error which jobs of a batch it means.</summary>
internal static class BadJobs
{
    /// <summary>Whether the error may be about some of the jobs only.</summary>
    public static bool AreMeant(WorcrException error) => error.Status is 400 or 409 or 413 or 422;

    /// <summary>The jobs that the error names; none when it does not say.</summary>
    public static HashSet<int> Indexes(WorcrException error, int count)
    {
        var indexes = new HashSet<int>();
        foreach (var field in error.Errors)
        {
            if (Split(field.Path) is ({ } index, _) && index < count) indexes.Add(index);
        }

        return indexes;
    }

    /// <summary>The error as the caller of one job sees it, whose job is not one of many.</summary>
    public static WorcrException Alone(WorcrException error, int index) => new(error.Status, error.Code, error.Message, error)
    {
        Errors = [.. error.Errors.Where(field => Split(field.Path).Index is null || Split(field.Path).Index == index).Select(field => new ProblemError(Split(field.Path).Field, field.Message))],
        RetryAfter = error.RetryAfter,
    };

    private static (int? Index, string Field) Split(string path)
    {
        var text = path.StartsWith("jobs[", StringComparison.Ordinal) ? path["jobs".Length..] : path;
        var close = text.IndexOf(']', StringComparison.Ordinal);
        return text.StartsWith('[') && close > 1 && int.TryParse(text.AsSpan(1, close - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var index)
            ? (index, text[(close + 1)..].TrimStart('.'))
            : (null, path);
    }
}
