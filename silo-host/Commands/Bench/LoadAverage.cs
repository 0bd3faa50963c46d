using System.Globalization;

namespace Worcr.SiloHost.Commands.Bench;

/// <summary>How busy the machine is besides.</summary>
public static class LoadAverage
{
    private const string Source = "/proc/loadavg";

    /// <summary>The load average of the last minute; null where the system does not tell.</summary>
    public static double? Read() =>
        File.Exists(Source) ? double.Parse(File.ReadAllText(Source).Split(' ')[0], CultureInfo.InvariantCulture) : null;
}
