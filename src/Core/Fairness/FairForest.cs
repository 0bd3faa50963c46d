namespace Worcr.Core.Fairness;

/// <summary>
/// All tries: makes branches when the first lane is placed there, and forgets them with the last. A branch whose way another list of gates shares only in part becomes two,
/// one behind the other.
/// </summary>
internal sealed class FairForest(FairOrder order)
{
    private readonly Dictionary<object, FairKind> _kinds = [];

    /// <summary>What is below a node, by its first step; by its tenant where it has none.</summary>
    private readonly Dictionary<(FairNode, object), FairBranch> _branches = [];

    public IEnumerable<FairKind> Kinds => _kinds.Values;

    public IEnumerable<FairNode> Nodes => _branches.Values.OfType<FairNode>().Concat(_kinds.Values);

    public IEnumerable<FairStall> Stalls => _branches.Values.OfType<FairStall>();

    /// <summary>The stall for a tenant's lanes of a kind behind some gates.</summary>
    /// <param name="root">The kind, see <see cref="KindOf"/>.</param>
    /// <param name="gates">The gates, from the most general to the most special, none twice.</param>
    /// <param name="tenant">Whose.</param>
    public FairStall StallOf(FairKind root, ReadOnlySpan<FairGate> gates, FairTenant tenant)
    {
        FairNode node = root;
        while (_branches.TryGetValue((node, gates.IsEmpty ? tenant : gates[0]), out var branch))
        {
            var shared = Shared(branch.Steps, gates);
            gates = gates[shared..];
            if (branch is FairStall stall && shared == stall.Steps.Length && gates.IsEmpty && ReferenceEquals(stall.Tenant, tenant)) return stall;
            node = branch is FairNode inner && shared == inner.Steps.Length ? inner : Split(branch, shared);
        }

        return AddStall(node, gates, tenant);
    }

    public FairKind KindOf(object key, out bool isNew)
    {
        isNew = !_kinds.TryGetValue(key, out var kind);
        if (isNew) _kinds.Add(key, kind = new FairKind(key, order));
        return kind!;
    }

    /// <summary>Forgets a stall without lanes, and what is empty above it.</summary>
    public void Forget(FairStall stall)
    {
        stall.Tenant.Remove(stall);
        if (!stall.Tenant.HasStalls) order.Leave(stall.Tenant);
        Remove(stall);
        var node = stall.Parent!;
        for (; node.Branches == 0 && node.Parent is { } parent; node = parent) Remove(node);
        if (node.Branches > 0) return;
        _kinds.Remove(node.Kind.Key);
        foreach (var place in node.Kind.Places) place.Class.Drop(place);
    }

    private static int Shared(FairStep[] steps, ReadOnlySpan<FairGate> gates)
    {
        var shared = 0;
        while (shared < steps.Length && shared < gates.Length && ReferenceEquals(steps[shared].Gate, gates[shared])) shared++;
        return shared;
    }

    private static object LabelOf(FairBranch branch) => branch.Steps is [var first, ..] ? first.Gate : ((FairStall)branch).Tenant;

    private FairStall AddStall(FairNode node, ReadOnlySpan<FairGate> gates, FairTenant tenant)
    {
        var steps = gates.IsEmpty ? [] : new FairStep[gates.Length];
        var stall = new FairStall(node, steps, tenant, order);
        for (var i = 0; i < steps.Length; i++)
        {
            var gate = gates[i];
            steps[i] = new FairStep(gate, gate.Branches.Count);
            gate.Branches.Add(stall);
            if (!gate.IsOpen) stall.Closed++;
        }

        _branches.Add((node, LabelOf(stall)), stall);
        node.Branches++;
        if (!tenant.HasStalls) order.Enter(tenant);
        tenant.Add(stall);
        return stall;
    }

    /// <summary>Puts a node into the way to a branch, after some of its steps.</summary>
    private FairNode Split(FairBranch branch, int steps)
    {
        var parent = branch.Parent!;
        parent.Drop(branch);
        var node = new FairNode(parent, branch.Steps[..steps]) { Branches = 1 };
        foreach (var (gate, index) in node.Steps)
        {
            gate.Branches[index] = node;
            if (!gate.IsOpen) node.Closed++;
        }

        branch.Closed -= node.Closed;
        branch.Steps = branch.Steps[steps..];
        branch.Parent = node;
        _branches[(parent, LabelOf(node))] = node;
        _branches.Add((node, LabelOf(branch)), branch);
        branch.Offer();
        return node;
    }

    private void Remove(FairBranch branch)
    {
        branch.Parent!.Drop(branch);
        branch.Parent.Branches--;
        _branches.Remove((branch.Parent, LabelOf(branch)));
        foreach (var (gate, index) in branch.Steps)
        {
            var last = gate.Branches[^1];
            last.StepOf(gate).Index = index;
            gate.Branches[index] = last;
            gate.Branches.RemoveAt(gate.Branches.Count - 1);
        }
    }
}
