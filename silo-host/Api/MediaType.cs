namespace Worcr.SiloHost.Api;

/// <summary>Compares content types.</summary>
public static class MediaType
{
    /// <summary>Whether a <c>Content-Type</c> is the given one, with or without parameters; JSON is UTF-8 whatever they say, another charset is refused.</summary>
    public static bool Is(string? contentType, string expected)
    {
        if (contentType is null) return false;
        if (string.Equals(contentType, expected, StringComparison.OrdinalIgnoreCase)) return true;
        var end = contentType.IndexOf(';', StringComparison.Ordinal);
        return end > 0
            && contentType.AsSpan(0, end).Trim().Equals(expected, StringComparison.OrdinalIgnoreCase)
            && IsUtf8(contentType.AsSpan(end + 1));
    }

    private static bool IsUtf8(ReadOnlySpan<char> parameters)
    {
        var at = parameters.IndexOf("charset=", StringComparison.OrdinalIgnoreCase);
        return at < 0 || parameters[(at + "charset=".Length)..].TrimStart('"').StartsWith("utf-8", StringComparison.OrdinalIgnoreCase);
    }
}
