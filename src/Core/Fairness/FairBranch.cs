namespace Worcr.Core.Fairness;

/// <summary>
/// A part of a kind's trie: a node, or a stall. Gates that everything below has to pass, and nothing else in the node above, are steps of one branch, not a branch each:
/// so most lanes are two or three branches away from their kind, however many gates they stand behind.
/// </summary>
/// <param name="parent">The node above; null at the root.</param>
/// <param name="order">What the strategy means.</param>
/// <param name="steps">The gates on the way from there to here, most general first; see <see cref="FairForest"/>.</param>
internal abstract class FairBranch(FairNode? parent, FairOrder order, FairStep[] steps) : FairEntry
{
    public FairNode? Parent { get; set; } = parent;

    /// <summary>The gates on the way from the node above.</summary>
    public FairStep[] Steps { get; set; } = steps;

    /// <summary>How many of these are closed; while any is, nothing below is chosen.</summary>
    public int Closed { get; set; }

    public abstract FairKind Kind { get; }

    /// <summary>The slot of the tenant to whom everything below belongs, see <see cref="FairOrder.Enter"/>; below 0: to several.</summary>
    public abstract int Slot { get; }

    protected FairOrder Order { get; } = order;

    /// <summary>How far it was lifted, or null.</summary>
    protected FairLift? Lift { get; set; }

    /// <summary>The lane below to serve next, or null; <paramref name="key"/> is where it stands.</summary>
    public abstract FairLane? Top(out FairKey key);

    /// <summary>Tells those above where its first lane may stand, if it has one and its gates are open.</summary>
    public abstract void Offer();

    /// <summary>What a choice reads of it next, beside itself.</summary>
    public abstract void FetchAhead();

    /// <summary>The step through a gate.</summary>
    public ref FairStep StepOf(FairGate gate)
    {
        var index = 0;
        while (!ReferenceEquals(Steps[index].Gate, gate)) index++;
        return ref Steps[index];
    }

    /// <summary>One of the closed gates was opened.</summary>
    public void Opened()
    {
        if (--Closed == 0) Rejoin();
    }

    /// <summary>Where a tenant starts that is served here now.</summary>
    public UInt128 StartOf(FairTenant tenant)
    {
        var start = tenant.Time;
        for (var branch = this; branch is not null; branch = branch.Parent)
        {
            if (branch.Lift is { } lift) start = UInt128.Max(start, lift.Tenant);
        }

        return start;
    }

    /// <summary>Active lanes came or went.</summary>
    public void Count(int lanes)
    {
        for (var branch = this; branch is not null; branch = branch.Parent)
        {
            foreach (var step in branch.Steps) step.Gate.ActiveLanes += lanes;
        }
    }

    /// <summary>The gates are open again, or somebody serves the kind again.</summary>
    protected void Rejoin()
    {
        Kind.Openings++;
        if (Index < 0 && Order.HasTenantTimes && Top(out var key) is { } lane) LiftIfLongAway(key.Tenant, lane.Tenant.Share * lane.HeadWeight);
        Offer();
    }

    protected FairKey Lifted(FairKey key) => Lift is { } lift ? key.NotBefore(lift.Tenant) : key;

    /// <summary>Tenants that waited for long, while others went on, do not take everything now.</summary>
    private void LiftIfLongAway(UInt128 time, double rate)
    {
        if (!Order.WasLongAway(time, Order.Now, rate)) return;
        var start = Kind.Start();
        if (Order.WasLongAway(time, start, rate)) (Lift ??= new FairLift()).Tenant = start;
    }
}
