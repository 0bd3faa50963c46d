using System.Globalization;

namespace Worcr.SiloHost.Commands;

/// <summary>Durations for people.</summary>
public static class CommandDurations
{
    /// <summary>Such as <c>850 ms</c>, <c>12.4 s</c>, <c>3m05s</c>.</summary>
    public static string Write(TimeSpan duration) => duration.TotalMilliseconds switch
    {
        < 1_000 => string.Create(CultureInfo.InvariantCulture, $"{duration.TotalMilliseconds:0} ms"),
        < 60_000 => string.Create(CultureInfo.InvariantCulture, $"{duration.TotalSeconds:0.0} s"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{(int)duration.TotalMinutes}m{duration.Seconds:00}s"),
    };
}
