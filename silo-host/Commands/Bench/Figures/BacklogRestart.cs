namespace Worcr.SiloHost.Commands.Bench.Figures;

/// <summary>What a silo with a backlog takes, and how long until it is there again after a restart.</summary>
/// <param name="FullMiB">Its memory with the backlog, settled.</param>
/// <param name="ReadyMs">From the start to the first answer with all jobs.</param>
internal readonly record struct BacklogRestart(double FullMiB, double ReadyMs)
{
    /// <summary>Memory is read when so long nothing was asked.</summary>
    public static readonly TimeSpan Settle = TimeSpan.FromSeconds(2);

    private const double MiB = 1024 * 1024;

    /// <summary>Lets the silo settle, reads its memory, restarts it, and checks that the backlog is there.</summary>
    public static async Task<BacklogRestart> RunAsync(BenchSilo silo, int jobs, TimeProvider clock, CancellationToken cancel)
    {
        await Task.Delay(Settle, clock, cancel);
        var full = MemoryOf(silo);
        await silo.StopAsync();
        var start = clock.GetTimestamp();
        await silo.RestartAsync(cancel);
        var stats = await silo.StatsAsync(cancel);
        var ready = clock.GetElapsedTime(start).TotalMilliseconds;
        return stats.Jobs.Ready == jobs ? new BacklogRestart(full, ready) : throw new CommandException($"after the restart {stats.Jobs.Ready} of {jobs} jobs are ready");
    }

    /// <summary>The memory that a silo holds now, in MiB.</summary>
    public static double MemoryOf(BenchSilo silo) => silo.ResidentBytes / MiB;
}
