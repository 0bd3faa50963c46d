namespace Worcr.SiloHost.Simulate;

/// <summary>The time at which a simulation starts, for rules that end in so and so long.</summary>
internal sealed class SimulatedTime(long startAt) : TimeProvider
{
    /// <summary>When scenarios without a real backlog start, so that they end equally whenever they are run: 2030-01-01, Unix milliseconds.</summary>
    public const long Start = 1_893_456_000_000;

    /// <inheritdoc />
    public override DateTimeOffset GetUtcNow() => DateTimeOffset.FromUnixTimeMilliseconds(startAt);
}
