namespace Worcr.Unit.Gateways.Workq;

/// <summary>Makes bad input of good.</summary>
internal static class WorkqFuzz
{
    private static readonly byte[][] Tokens =
    [
        .. new[] { " ", "  ", "-", "=", "-a=b", "-priority=", "\0", "*", "0", "-1", "18446744073709551615", "9223372036854775808", "add", "lease", "inspect", "urn:uuid:", "{", "}", "\u00ff", "\r", "\n", "\r\n" }
            .Select(System.Text.Encoding.Latin1.GetBytes),
    ];

    /// <summary>Random bytes, or a seed with some changes.</summary>
    public static byte[] Next(Random chance, byte[][] seeds)
    {
        if (chance.Next(8) == 0) return Noise(chance, chance.Next(120));
        var line = seeds[chance.Next(seeds.Length)];
        for (var changes = chance.Next(4); changes > 0; changes--) line = Change(chance, line);
        return line;
    }

    private static byte[] Change(Random chance, byte[] line)
    {
        var at = chance.Next(line.Length + 1);
        var until = Math.Min(line.Length, at + chance.Next(6));
        return chance.Next(5) switch
        {
            0 => [.. line[..at], .. line[until..]],
            1 => [.. line[..at], .. Tokens[chance.Next(Tokens.Length)], .. line[at..]],
            2 => [.. line[..at], .. Noise(chance, until - at), .. line[until..]],
            3 => [.. line[..at], .. line[at..until], .. line[at..]],
            _ => line[..at],
        };
    }

    private static byte[] Noise(Random chance, int length)
    {
        var noise = new byte[length];
        chance.NextBytes(noise);
        return noise;
    }
}
