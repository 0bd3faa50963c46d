using Worcr.Unit.Gateways.Tcp;

namespace Worcr.Unit.Gateways.Workq;

/// <summary>Makes bad input of good, with what means something to Workq.</summary>
internal static class WorkqFuzz
{
    private static readonly byte[][] Tokens =
    [
        .. new[] { " ", "  ", "-", "=", "-a=b", "-priority=", "\0", "*", "0", "-1", "18446744073709551615", "9223372036854775808", "add", "lease", "inspect", "urn:uuid:", "{", "}", "\u00ff", "\r", "\n", "\r\n" }
            .Select(System.Text.Encoding.Latin1.GetBytes),
    ];

    private static readonly LineFuzz Fuzz = new(Tokens);

    /// <summary>Random bytes, or a seed with some changes.</summary>
    public static byte[] Next(Random chance, byte[][] seeds) => Fuzz.Next(chance, seeds);
}
