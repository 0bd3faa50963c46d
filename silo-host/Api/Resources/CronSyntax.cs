using System.Diagnostics.CodeAnalysis;

namespace Worcr.SiloHost.Api.Resources;

/// <summary>Whether a text has the form of a cron expression.</summary>
internal static class CronSyntax
{
    private static readonly string[] Names = ["@yearly", "@annually", "@monthly", "@weekly", "@daily", "@midnight", "@hourly"];

    /// <summary>Checks it.</summary>
    public static bool TryParse(string text, [NotNullWhen(false)] out string? error)
    {
        var fields = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        error = Names.Contains(text) || (fields.Length is 5 or 6 && fields.All(IsField)) ? null : "must have five or six fields, or be a name such as @daily";
        return error is null;
    }

    private static bool IsField(string field) => field.All(c => char.IsAsciiLetterOrDigit(c) || c is '*' or '/' or ',' or '-' or '?' or '#');
}
