using System.Globalization;

namespace Worcr.Core.Schedules;

/// <summary>One field of a cron expression: its name, its numbers, the names for them; reads lists, ranges (also over the end) and steps into bits.</summary>
internal sealed record CronField(string Name, int Min, int Max, string[] Words)
{
    public static CronField Second { get; } = new("second", 0, 59, []);

    public static CronField Minute { get; } = new("minute", 0, 59, []);

    public static CronField Hour { get; } = new("hour", 0, 23, []);

    public static CronField DayOfMonth { get; } = new("day of month", 1, 31, []);

    public static CronField Month { get; } = new("month", 1, 12, ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"]);

    public static CronField DayOfWeek { get; } = new("day of week", 0, 6, ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"]);

    private bool IsWeek => Max == 6;

    /// <summary>Reads the whole field: bit n for number n.</summary>
    public bool TryParse(string text, out ulong bits, out string error)
    {
        bits = 0;
        error = "";
        foreach (var item in text.Split(','))
        {
            if (!TryAdd(item, ref bits, out error)) return false;
        }

        return true;
    }

    /// <summary>Reads one item of a list: <c>*</c>, <c>n</c>, <c>n-m</c>, each perhaps with <c>/step</c>.</summary>
    public bool TryAdd(string item, ref ulong bits, out string error)
    {
        var slash = item.IndexOf('/', StringComparison.Ordinal);
        var step = 1;
        if (slash >= 0 && !TryStep(item[(slash + 1)..], out step, out error)) return false;
        if (!TryRange(slash < 0 ? item : item[..slash], slash >= 0, out var from, out var to, out error)) return false;
        for (var n = from; n <= to; n += step) bits |= 1UL << (Min + ((n - Min) % (Max - Min + 1)));
        return true;
    }

    /// <summary>Reads a number or a name; in the week 7 is 0.</summary>
    public bool TryNumber(string text, out int number, out string error)
    {
        error = "";
        number = Array.FindIndex(Words, w => w.Equals(text, StringComparison.OrdinalIgnoreCase)) + Min;
        if (number >= Min) return true;
        if (text.Length is 0 or > 4 || !int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number))
        {
            return Refuse(text.Length == 0 ? "a number is missing" : $"'{text}' is not understood", out error);
        }

        if (IsWeek && number == 7) number = 0;
        return (number >= Min && number <= Max) || Refuse($"{text} is not in {Min}-{(IsWeek ? 7 : Max)}", out error);
    }

    /// <summary>Says what is wrong with the field; always false.</summary>
    public bool Refuse(string why, out string error)
    {
        error = $"{Name}: {why}";
        return false;
    }

    /// <summary>A range of numbers; one that goes over the end ends beyond <see cref="Max"/>.</summary>
    private bool TryRange(string text, bool isOpen, out int from, out int to, out string error)
    {
        (from, to, error) = (Min, Max, "");
        if (text == "*") return true;
        var dash = text.IndexOf('-', StringComparison.Ordinal);
        if (!TryNumber(dash < 0 ? text : text[..dash], out from, out error)) return false;
        if (dash < 0 && !isOpen) to = from;
        if (dash < 0) return true;
        var last = text[(dash + 1)..];
        if (!TryNumber(last, out to, out error)) return false;
        if (to < from || (last == "7" && IsWeek && text[0] == '0')) to += Max - Min + 1;
        return true;
    }

    private bool TryStep(string text, out int step, out string error)
    {
        error = "";
        return (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out step) && step >= 1 && step <= Max)
            || Refuse($"the step '{text}' is not in 1-{Max}", out error);
    }
}
