namespace Worcr.Core.Schedules;

/// <summary>From the text of a cron expression to its bits.</summary>
internal static class CronParser
{
    private static readonly Dictionary<string, string> Names = new(StringComparer.OrdinalIgnoreCase)
    {
        ["@yearly"] = "0 0 1 1 *",
        ["@annually"] = "0 0 1 1 *",
        ["@monthly"] = "0 0 1 * *",
        ["@weekly"] = "0 0 * * 0",
        ["@daily"] = "0 0 * * *",
        ["@midnight"] = "0 0 * * *",
        ["@hourly"] = "0 * * * *",
    };

    public static bool TryParse(string text, out CronExpression cron, out string error)
    {
        cron = null!;
        if (text.Length > CronExpression.MaxLength) return Refuse($"it is longer than {CronExpression.MaxLength} characters", out error);
        var trimmed = text.Trim();
        if (trimmed.StartsWith('@') && !Names.ContainsKey(trimmed)) return Refuse($"'{trimmed}' is none of {string.Join(' ', Names.Keys)}", out error);
        var fields = Names.GetValueOrDefault(trimmed, trimmed).Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
        if (fields.Length == 5) fields = ["0", .. fields];
        return fields.Length == 6
            ? TryParse(text, fields, out cron, out error)
            : Refuse($"it has {fields.Length} fields; there must be 5 (minute, hour, day of month, month, day of week) or 6 (second first)", out error);
    }

    private static bool TryParse(string text, string[] fields, out CronExpression cron, out string error)
    {
        cron = null!;
        var times = new ulong[4];
        (CronField Field, string Text)[] plain = [(CronField.Second, fields[0]), (CronField.Minute, fields[1]), (CronField.Hour, fields[2]), (CronField.Month, fields[4])];
        for (var i = 0; i < plain.Length; i++)
        {
            if (!plain[i].Field.TryParse(plain[i].Text, out times[i], out error)) return false;
        }

        if (!CronDays.TryParse(fields[3], fields[5], out var days, out error)) return false;
        cron = new CronExpression(text, times, days, fields.Take(3).Any(f => f.Contains('*', StringComparison.Ordinal)));
        return true;
    }

    private static bool Refuse(string why, out string error)
    {
        error = why;
        return false;
    }
}
