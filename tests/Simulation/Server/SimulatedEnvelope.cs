using Worcr.Simulation.World;

namespace Worcr.Simulation.Server;

/// <summary>A request on its way to a silo. Its caller hears the reply over the network, or that the silo has gone (null), or nothing.</summary>
internal sealed class SimulatedEnvelope(SimulatedWorld world, object request, Action<object?> heard, CancellationToken cancel) : Envelope(request, cancel)
{
    public long SentAt { get; } = world.Now;

    /// <summary>It is decided in this flush or a later one.</summary>
    public (long Epoch, long Number) SentAfter { get; } = world.LastFlush;

    public bool IsReplied { get; private set; }

    /// <summary>The silo that has it in hand.</summary>
    public Silo? Silo { get; set; }

    /// <summary>What the gateway does when the dispatcher answers, before the answer goes out.</summary>
    public Action<Silo, object>? Answered { get; init; }

    public override void Reply(object reply)
    {
        if (IsReplied) throw new Violation("every call is answered once", $"{Request.GetType().Name} was answered twice");
        IsReplied = true;
        world.Checks.Replied(this, reply);
        Answered?.Invoke(Silo!, reply);
        world.Network.Send(() => heard(reply));
    }

    public override void Fail(Exception error)
    {
        if (IsReplied) throw new Violation("every call is answered once", $"{Request.GetType().Name} failed after its answer");
        IsReplied = true;
        world.Network.Send(() => heard(null));
    }

    /// <summary>The silo died with it.</summary>
    public void Lose()
    {
        if (IsReplied) return;
        IsReplied = true;
        world.Network.Send(() => heard(null));
    }
}
