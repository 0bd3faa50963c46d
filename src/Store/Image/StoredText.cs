using System.Text;

namespace Worcr.Store.Image;

/// <summary>What every backend can keep as text: well-formed Unicode without NUL. The edges validate; this is the store's own check.</summary>
internal static class StoredText
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Gives <paramref name="text"/> back.</summary>
    /// <exception cref="ArgumentException">It holds NUL or a lone surrogate.</exception>
    public static string Check(string text, string what)
    {
        if (text.Contains('\0', StringComparison.Ordinal)) throw new ArgumentException($"{what} must not contain NUL characters");
        return CheckUnicode(text, what);
    }

    /// <summary>Gives <paramref name="text"/> back: for what is kept in a form that may hold NUL.</summary>
    /// <exception cref="ArgumentException">It holds a lone surrogate.</exception>
    public static string CheckUnicode(string text, string what)
    {
        if (text.AsSpan().IndexOfAnyInRange('\uD800', '\uDFFF') < 0) return text;
        try
        {
            Strict.GetByteCount(text);
            return text;
        }
        catch (EncoderFallbackException e)
        {
            throw new ArgumentException($"{what} must be well-formed Unicode", e);
        }
    }
}
