using System.Globalization;

namespace Worcr.SiloHost.Api;

/// <summary>Where a page ends, opaque to clients.</summary>
public static class PageCursor
{
    /// <summary>As text; null stays null.</summary>
    public static string? Format(long? position) => position?.ToString("x", CultureInfo.InvariantCulture);

    /// <summary>As text; null stays null.</summary>
    public static string? Format(BatchPosition? position) => position is { } at ? string.Create(CultureInfo.InvariantCulture, $"{at.CreatedAt:x}.{at.Id:n}") : null;

    /// <summary>Reads what <see cref="Format(BatchPosition?)"/> wrote.</summary>
    public static bool TryParse(string text, out BatchPosition position)
    {
        position = default;
        var dot = text.IndexOf('.', StringComparison.Ordinal);
        if (dot < 0 || !TryParse(text[..dot], out long createdAt) || !Guid.TryParseExact(text[(dot + 1)..], "n", out var id)) return false;
        position = new BatchPosition(createdAt, id);
        return true;
    }

    /// <summary>Reads what <see cref="Format(long?)"/> wrote.</summary>
    public static bool TryParse(string text, out long position) =>
        long.TryParse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out position) && position >= 0;
}
