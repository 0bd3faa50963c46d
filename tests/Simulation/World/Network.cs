namespace Worcr.Simulation.World;

/// <summary>Delays, drops, doubles and reorders what is sent, as long as the world is not healed.</summary>
internal sealed class Network(SimulatedWorld world)
{
    public void Send(Action arrive)
    {
        if (world.Fault(world.Scenario.Drop))
        {
            world.Coverage.Count("message dropped");
            return;
        }

        world.Schedule.In(Delay(), arrive);
    }

    /// <summary>The same, for messages that may arrive twice; each time <paramref name="arrive"/> is called.</summary>
    public void SendMaybeTwice(Action arrive)
    {
        Send(arrive);
        if (!world.Fault(world.Scenario.Duplicate)) return;
        world.Coverage.Count("message doubled");
        world.Schedule.In(Delay() + Delay(), arrive);
    }

    private int Delay() => 1 + world.Chance.Latency(world.IsHealed ? 4 : world.Scenario.NetworkMs);
}
