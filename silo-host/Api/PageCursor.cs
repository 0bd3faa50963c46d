using System.Globalization;

namespace Worcr.SiloHost.Api;

/// <summary>Where a page ends, opaque to clients.</summary>
public static class PageCursor
{
    /// <summary>As text; null stays null.</summary>
    public static string? Format(long? position) => position?.ToString("x", CultureInfo.InvariantCulture);

    /// <summary>Reads what <see cref="Format"/> wrote.</summary>
    public static bool TryParse(string text, out long position) =>
        long.TryParse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out position) && position >= 0;
}
