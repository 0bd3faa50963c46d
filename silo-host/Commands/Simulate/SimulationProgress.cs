using Spectre.Console;
using Worcr.Grains.Simulation;

namespace Worcr.SiloHost.Commands.Simulate;

/// <summary>A progress bar while a simulation runs; nothing where nobody looks.</summary>
internal static class SimulationProgress
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    /// <summary>Shows it until the run is over.</summary>
    public static async Task<SimulationResult> ShowAsync(CommandIo io, Simulator simulator, int jobs, Task<SimulationResult> run)
    {
        if (!io.Interactive) return await run;
        await io.Screen.Progress().AutoClear(true).StartAsync(async progress =>
        {
            var task = progress.AddTask("simulating", maxValue: jobs);
            using var timer = new PeriodicTimer(Pause);
            while (!run.IsCompleted && await timer.WaitForNextTickAsync()) task.Value = simulator.Done;
        });
        return await run;
    }
}
