namespace Worcr.SiloHost.Commands.Bench;

/// <summary>What one run of a figure brought.</summary>
/// <param name="Values">The numbers; none when it was skipped.</param>
/// <param name="SiloCpu">Processor seconds of the silo while it was measured.</param>
/// <param name="LoadCpu">Processor seconds of everything that made the load.</param>
/// <param name="Skipped">Why it was skipped, or null.</param>
public sealed record BenchSample(IReadOnlyList<BenchValue> Values, double SiloCpu = 0, double LoadCpu = 0, string? Skipped = null)
{
    /// <summary>A run that could not be done here.</summary>
    public static BenchSample Skip(string reason) => new([], Skipped: reason);
}
