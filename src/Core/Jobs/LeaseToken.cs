using System.Globalization;

namespace Worcr.Core.Jobs;

/// <summary>
/// The fencing token of one lease. Written as <c>seq-attempt-nonce</c> in hexadecimal; opaque to workers.
/// </summary>
/// <param name="Seq">The job.</param>
/// <param name="Attempt">Which attempt of it; a newer attempt makes this token stale.</param>
/// <param name="Nonce">Random, so that a token cannot be guessed from another.</param>
public readonly record struct LeaseToken(long Seq, int Attempt, uint Nonce)
{
    /// <summary>The longest text form, in characters.</summary>
    public const int MaxLength = 16 + 1 + 8 + 1 + 8;

    /// <inheritdoc />
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Seq:x}-{Attempt:x}-{Nonce:x8}");

    /// <summary>Reads the text form; false when it is not one.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out LeaseToken token)
    {
        token = default;
        var first = text.IndexOf('-');
        if (first is < 1 or > 16) return false;
        var rest = text[(first + 1)..];
        var second = rest.IndexOf('-');
        if (second is < 1 or > 8 || rest.Length - second - 1 != 8) return false;
        if (!TryHex(text[..first], out var seq) || !TryHex(rest[..second], out var attempt) || !TryHex(rest[(second + 1)..], out var nonce)) return false;
        if (seq < 0 || attempt > int.MaxValue) return false;
        token = new LeaseToken(seq, (int)attempt, (uint)nonce);
        return true;
    }

    /// <summary>Parsing overlooks NULs at the end; a token has none.</summary>
    private static bool TryHex(ReadOnlySpan<char> text, out long value) =>
        long.TryParse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out value) && text[^1] != '\0';
}
