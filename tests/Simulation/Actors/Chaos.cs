using Worcr.Simulation.World;

namespace Worcr.Simulation.Actors;

/// <summary>Makes things go wrong until the world is healed.</summary>
internal sealed class Chaos(SimulatedWorld world, IReadOnlyList<SessionWorker> workers)
{
    public void Start()
    {
        var scenario = world.Scenario;
        Every(scenario.CrashEvery, Crash);
        Every(scenario.PauseEvery, world.Cluster.PauseAndTakeOver);
        Every(scenario.HandoverEvery, world.Cluster.HandOver);
        Every(scenario.JumpEvery, () => world.Cluster.Jump(world.Chance.Of([-20_000, -700, -3, 5, 900, 4_000, 30_000])));
        Every(scenario.BreakEvery, Trouble);
    }

    private void Every(int mean, Action happens)
    {
        if (mean == 0) return;
        world.Schedule.In(world.Chance.Gap(mean), () =>
        {
            if (world.IsHealed) return;
            happens();
            Every(mean, happens);
        });
    }

    /// <summary>A silo may own several namespaces; those in which nothing goes wrong are on another one.</summary>
    private void Crash()
    {
        world.Cluster.Crash();
        if (world.Installation.Worlds.Count == 1 || !world.Chance.Hits(0.3)) return;
        foreach (var neighbour in world.Installation.Worlds.Where(w => w != world && w.Scenario.CrashEvery > 0)) neighbour.Cluster.Crash();
    }

    private void Trouble()
    {
        var worker = world.Chance.Of(workers);
        switch (world.Chance.Next(10))
        {
            case < 5: worker.Break(); break;
            case < 7: worker.Die(); break;
            case 7: worker.Leave(); break;
            case 8: worker.Resize(); break;
            default: worker.Drain(); break;
        }
    }
}
