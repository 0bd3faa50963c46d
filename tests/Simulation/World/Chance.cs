namespace Worcr.Simulation.World;

/// <summary>All chance of a run comes from here, so from its seed.</summary>
internal sealed class Chance(int seed)
{
    private readonly Random _random = new(seed);

    public int Next() => _random.Next();

    public int Next(int below) => _random.Next(below);

    public bool Hits(double probability) => probability > 0 && _random.NextDouble() < probability;

    /// <summary>Uniform, both ends included.</summary>
    public int Between(int least, int most) => _random.Next(least, most + 1);

    public T Of<T>(IReadOnlyList<T> items) => items[_random.Next(items.Count)];

    /// <summary>Mostly short, sometimes long.</summary>
    public int Latency(int most) => most <= 0 ? 0 : _random.Next(8) == 0 ? _random.Next(most + 1) : _random.Next((most / 4) + 1);

    /// <summary>The time to the next event of a kind that comes about every <paramref name="mean"/> milliseconds.</summary>
    public int Gap(int mean) => 1 + (int)(-Math.Log(1 - _random.NextDouble()) * mean);

    public Guid Id()
    {
        Span<byte> bytes = stackalloc byte[16];
        _random.NextBytes(bytes);
        return new Guid(bytes);
    }
}
