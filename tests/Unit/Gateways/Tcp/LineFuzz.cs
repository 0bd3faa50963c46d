namespace Worcr.Unit.Gateways.Tcp;

/// <summary>Makes bad input of good.</summary>
/// <param name="tokens">What is put in here and there.</param>
internal sealed class LineFuzz(byte[][] tokens)
{
    /// <summary>Random bytes, or a seed with some changes.</summary>
    public byte[] Next(Random chance, byte[][] seeds)
    {
        if (chance.Next(8) == 0) return Noise(chance, chance.Next(120));
        var line = seeds[chance.Next(seeds.Length)];
        for (var changes = chance.Next(4); changes > 0; changes--) line = Change(chance, line);
        return line;
    }

    private byte[] Change(Random chance, byte[] line)
    {
        var at = chance.Next(line.Length + 1);
        var until = Math.Min(line.Length, at + chance.Next(6));
        return chance.Next(6) switch
        {
            0 => [.. line[..at], .. line[until..]],
            1 => [.. line[..at], .. tokens[chance.Next(tokens.Length)], .. line[at..]],
            2 => [.. line[..at], .. tokens[chance.Next(tokens.Length)], .. line[until..]],
            3 => [.. line[..at], .. Noise(chance, until - at), .. line[until..]],
            4 => [.. line[..at], .. line[at..until], .. line[at..]],
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
