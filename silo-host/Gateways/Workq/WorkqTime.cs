using System.Globalization;

namespace Worcr.SiloHost.Gateways.Workq;

/// <summary>Times: <c>2026-11-22T10:00:00Z</c>, in UTC, a fraction of the second tolerated.</summary>
internal static class WorkqTime
{
    private const string WholeSeconds = "yyyy-MM-dd'T'HH:mm:ss'Z'";
    private const int FractionAt = 19;
    private const int FractionDigits = 3;

    /// <summary>Reads a time as Unix milliseconds.</summary>
    public static bool TryRead(string text, out long unixMs)
    {
        unixMs = 0;
        var fraction = text.Length > FractionAt + 1 && text[FractionAt] == '.' ? text[(FractionAt + 1)..^1] : "";
        var whole = fraction.Length == 0 ? text : string.Concat(text.AsSpan(0, FractionAt), text.AsSpan(text.Length - 1));
        if (fraction.AsSpan().IndexOfAnyExceptInRange('0', '9') >= 0) return false;
        if (!DateTimeOffset.TryParseExact(whole, WholeSeconds, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)) return false;
        unixMs = time.ToUnixTimeMilliseconds() + int.Parse(fraction.PadRight(FractionDigits, '0')[..FractionDigits], CultureInfo.InvariantCulture);
        return true;
    }

    /// <summary>Writes a time, cut to the second.</summary>
    public static string Text(long unixMs) =>
        DateTimeOffset.FromUnixTimeMilliseconds(unixMs).ToString(WholeSeconds, CultureInfo.InvariantCulture);
}
