namespace Worcr.SiloHost.Commands.Bench;

/// <summary>What processor time a measurement costs, from now on: the silo's, and that of this process, which makes the load.</summary>
public sealed class CpuMeter(BenchSilo silo)
{
    private readonly double _silo = silo.CpuSeconds;
    private readonly double _own = Environment.CpuUsage.TotalTime.TotalSeconds;

    /// <summary>The sample with what it has cost.</summary>
    /// <param name="value">The number measured.</param>
    public BenchSample Sample(BenchValue value) => Sample([value]);

    /// <summary>The sample with what it has cost.</summary>
    /// <param name="values">The numbers measured.</param>
    /// <param name="workerCpu">Processor seconds of worker processes.</param>
    public BenchSample Sample(IReadOnlyList<BenchValue> values, double workerCpu = 0) =>
        new(values, silo.CpuSeconds - _silo, Environment.CpuUsage.TotalTime.TotalSeconds - _own + workerCpu);
}
