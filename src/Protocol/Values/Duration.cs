using System.Globalization;
using System.Text.Json.Serialization;

namespace Worcr.Protocol;

/// <summary>A length of time on the wire: digits and one unit, such as <c>250ms</c>, <c>30s</c>, <c>5m</c>, <c>12h</c>, <c>7d</c>. From 0 to <see cref="Max"/>.</summary>
/// <param name="Milliseconds">The length, in milliseconds.</param>
[JsonConverter(typeof(DurationConverter))]
public readonly record struct Duration(long Milliseconds)
{
    /// <summary>The longest one: 3,650 days (ten years).</summary>
    public static readonly Duration Max = new(3_650 * MsPerDay);

    private const long MsPerSecond = 1_000;
    private const long MsPerMinute = 60 * MsPerSecond;
    private const long MsPerHour = 60 * MsPerMinute;
    private const long MsPerDay = 24 * MsPerHour;
    private const int MaxDigits = 15;

    /// <summary>The length as a <see cref="TimeSpan"/>.</summary>
    public TimeSpan ToTimeSpan() => TimeSpan.FromMilliseconds(Milliseconds);

    /// <summary>From a <see cref="TimeSpan"/>; parts of a millisecond are dropped.</summary>
    public static Duration From(TimeSpan span) => new(span.Ticks / TimeSpan.TicksPerMillisecond);

    /// <summary>Reads UTF-8 text; false when it is not a duration or is longer than <see cref="Max"/>.</summary>
    public static bool TryParse(ReadOnlySpan<byte> text, out Duration value)
    {
        value = default;
        var digits = 0;
        long number = 0;
        while (digits < text.Length && text[digits] is >= (byte)'0' and <= (byte)'9')
        {
            if (digits == MaxDigits) return false;
            number = (number * 10) + (text[digits] - '0');
            digits++;
        }

        if (digits == 0) return false;
        var unit = UnitOf(text[digits..]);
        if (unit == 0 || number > Max.Milliseconds / unit) return false;
        value = new Duration(number * unit);
        return true;
    }

    /// <summary>Reads text; false when it is not a duration or is longer than <see cref="Max"/>.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out Duration value)
    {
        value = default;
        Span<byte> bytes = stackalloc byte[MaxDigits + 2];
        if (text.Length > bytes.Length) return false;
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] > 127) return false;
            bytes[i] = (byte)text[i];
        }

        return TryParse(bytes[..text.Length], out value);
    }

    /// <summary>The shortest text that means the same.</summary>
    public override string ToString()
    {
        var (unit, name) = Milliseconds switch
        {
            0 => (MsPerSecond, "s"),
            var ms when ms % MsPerDay == 0 => (MsPerDay, "d"),
            var ms when ms % MsPerHour == 0 => (MsPerHour, "h"),
            var ms when ms % MsPerMinute == 0 => (MsPerMinute, "m"),
            var ms when ms % MsPerSecond == 0 => (MsPerSecond, "s"),
            _ => (1L, "ms"),
        };
        return string.Create(CultureInfo.InvariantCulture, $"{Milliseconds / unit}{name}");
    }

    private static long UnitOf(ReadOnlySpan<byte> name) => name switch
    {
        [(byte)'m', (byte)'s'] => 1,
        [(byte)'s'] => MsPerSecond,
        [(byte)'m'] => MsPerMinute,
        [(byte)'h'] => MsPerHour,
        [(byte)'d'] => MsPerDay,
        _ => 0,
    };
}
