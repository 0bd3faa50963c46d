using System.Globalization;

namespace Worcr.SiloHost.Gateways.Workq;

/// <summary>Whole numbers as the protocol writes them: digits, and a sign where one makes sense.</summary>
internal static class WorkqNumber
{
    /// <summary>Reads digits within bounds.</summary>
    public static bool TryRead(string text, long min, long max, out long value)
    {
        value = 0;
        return IsDigits(text) && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value) && value >= min && value <= max;
    }

    /// <summary>Reads digits up to 2^64-1.</summary>
    public static bool TryRead(string text, out ulong value)
    {
        value = 0;
        return IsDigits(text) && ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value);
    }

    /// <summary>Reads a number with or without a sign.</summary>
    public static bool TryReadSigned(string text, out int value)
    {
        value = 0;
        var digits = text.StartsWith('-') || text.StartsWith('+') ? text.AsSpan(1) : text;
        return IsDigits(digits) && int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value);
    }

    private static bool IsDigits(ReadOnlySpan<char> text) => text.Length > 0 && text.IndexOfAnyExceptInRange('0', '9') < 0;
}
