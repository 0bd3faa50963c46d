using Worcr.Simulation.Server;
using Worcr.Simulation.World;

namespace Worcr.Simulation.Checks;

/// <summary>One promise. It sees everything that matters, and throws a <see cref="Violation"/> when the promise is broken.</summary>
internal abstract class Check(SimulatedWorld world, string promise)
{
    protected SimulatedWorld World { get; } = world;

    protected Ledger Ledger => World.Ledger;

    protected NamespaceView Store => World.Database;

    /// <summary>A silo has read the namespace.</summary>
    public virtual void Loaded(NamespaceState state)
    {
    }

    /// <summary>A flush has left a dispatcher.</summary>
    public virtual void Taken(Silo silo, PendingCommit commit)
    {
    }

    /// <summary>The store is about to write a flush.</summary>
    public virtual void Applying(PendingCommit commit)
    {
    }

    /// <summary>The store has written it.</summary>
    public virtual void Applied(PendingCommit commit)
    {
    }

    /// <summary>Its dispatcher hears of it, in the order of the flushes.</summary>
    public virtual void Committed(PendingCommit commit)
    {
    }

    /// <summary>A caller is answered.</summary>
    public virtual void Replied(SimulatedEnvelope call, object reply)
    {
    }

    /// <summary>A worker is told to run a job.</summary>
    public virtual void Told(LeasedJob job, JobRecord record)
    {
    }

    /// <summary>A turn is over.</summary>
    public virtual void Turned(Silo silo)
    {
    }

    /// <summary>The run is over.</summary>
    public virtual void Ended()
    {
    }

    protected void Demand(bool holds, string otherwise)
    {
        if (!holds) throw new Violation(promise, otherwise);
    }

    protected static long Local(long seq) => seq & ((1L << Ownership.LocalBits) - 1);
}
