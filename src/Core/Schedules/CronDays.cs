namespace Worcr.Core.Schedules;

/// <summary>
/// The days of a cron expression. When both fields are restricted - neither begins with <c>*</c> nor is <c>?</c> - a day that matches either of them
/// will do; else it has to match both. So it has always been (Vixie cron, <c>crontab(5)</c>).
/// </summary>
internal sealed class CronDays
{
    private readonly ulong[] _nth = new ulong[7];
    private ulong _days;
    private ulong _nearest;
    private ulong _weekdays;
    private ulong _lastWeekdays;
    private bool _last;
    private bool _lastNearest;
    private bool _isEither;

    /// <summary>Reads both fields.</summary>
    public static bool TryParse(string ofMonth, string ofWeek, out CronDays days, out string error)
    {
        days = new CronDays { _isEither = IsRestricted(ofMonth) && IsRestricted(ofWeek) };
        return days.TryParseMonth(ofMonth == "?" ? "*" : ofMonth, out error) && days.TryParseWeek(ofWeek == "?" ? "*" : ofWeek, out error);
    }

    /// <summary>The days of a month that match: bit n for day n.</summary>
    public ulong Of(int year, int month)
    {
        var length = DateTime.DaysInMonth(year, month);
        var first = (int)new DateTime(year, month, 1).DayOfWeek;
        ulong byMonth = OfMonth(length, first), byWeek = OfWeek(length, first);
        return (_isEither ? byMonth | byWeek : byMonth & byWeek) & ((1UL << (length + 1)) - 2);
    }

    private static bool IsRestricted(string field) => field is not "?" && !field.StartsWith('*');

    private bool TryParseMonth(string text, out string error)
    {
        error = "";
        foreach (var item in text.ToUpperInvariant().Split(','))
        {
            if (!TryParseDay(item, out error)) return false;
        }

        return true;
    }

    private bool TryParseDay(string item, out string error)
    {
        var field = CronField.DayOfMonth;
        error = "";
        if (item == "L") return _last = true;
        if (item == "LW") return _lastNearest = true;
        if (!item.EndsWith('W')) return field.TryAdd(item, ref _days, out error);
        if (!field.TryNumber(item[..^1], out var day, out error)) return false;
        _nearest |= 1UL << day;
        return true;
    }

    private bool TryParseWeek(string text, out string error)
    {
        error = "";
        foreach (var item in text.ToUpperInvariant().Split(','))
        {
            if (!TryParseWeekday(item, out error)) return false;
        }

        return true;
    }

    private bool TryParseWeekday(string item, out string error)
    {
        var field = CronField.DayOfWeek;
        var hash = item.IndexOf('#', StringComparison.Ordinal);
        if (hash >= 0)
        {
            if (!field.TryNumber(item[..hash], out var day, out error)) return false;
            if (item[(hash + 1)..] is not [>= '1' and <= '5'] nth) return field.Refuse($"'{item}' wants a number from 1 to 5 after #", out error);
            _nth[day] |= 1UL << (nth[0] - '0');
            return true;
        }

        if (!item.EndsWith('L')) return field.TryAdd(item, ref _weekdays, out error);
        if (!field.TryNumber(item[..^1], out var last, out error)) return false;
        _lastWeekdays |= 1UL << last;
        return true;
    }

    private ulong OfMonth(int length, int first)
    {
        var days = _days;
        if (_last) days |= 1UL << length;
        if (_lastNearest) days |= 1UL << Nearest(length, length, first);
        for (var day = 1; day <= length && _nearest != 0; day++)
        {
            if ((_nearest >> day & 1) != 0) days |= 1UL << Nearest(day, length, first);
        }

        return days;
    }

    private ulong OfWeek(int length, int first)
    {
        ulong days = 0;
        for (var day = 1; day <= length; day++)
        {
            var weekday = (first + day - 1) % 7;
            var isOne = (_weekdays >> weekday & 1) != 0
                || (_nth[weekday] >> ((day + 6) / 7) & 1) != 0
                || ((_lastWeekdays >> weekday & 1) != 0 && day > length - 7);
            if (isOne) days |= 1UL << day;
        }

        return days;
    }

    /// <summary>The day from Monday to Friday next to this one in the same month.</summary>
    private static int Nearest(int day, int length, int first) => ((first + day - 1) % 7) switch
    {
        6 => day == 1 ? 3 : day - 1,
        0 => day == length ? day - 2 : day + 1,
        _ => day,
    };
}
