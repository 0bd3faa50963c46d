namespace Worcr.Core.Fairness;

/// <summary>All tries: makes nodes and stalls when the first lane is placed there, and forgets them with the last.</summary>
internal sealed class FairForest(FairOrder order)
{
    private readonly Dictionary<object, FairKind> _kinds = [];
    private readonly Dictionary<(FairNode, object), FairBranch> _branches = [];

    public IEnumerable<FairKind> Kinds => _kinds.Values;

    public IEnumerable<FairNode> Nodes => _branches.Values.OfType<FairNode>().Concat(_kinds.Values);

    public IEnumerable<FairStall> Stalls => _branches.Values.OfType<FairStall>();

    /// <summary>The stall for a tenant's lanes of a kind behind some gates, given from the most general to the most special.</summary>
    /// <param name="root">The kind, see <see cref="KindOf"/>.</param>
    /// <param name="gates">The gates.</param>
    /// <param name="tenant">Whose.</param>
    public FairStall StallOf(FairKind root, ReadOnlySpan<FairGate> gates, FairTenant tenant)
    {
        FairNode node = root;
        foreach (var gate in gates)
        {
            if (!ReferenceEquals(gate, node.Gate)) node = NodeOf(node, gate);
        }

        if (_branches.TryGetValue((node, tenant), out var known)) return (FairStall)known;
        var stall = new FairStall(node, tenant, order);
        Add(tenant, stall);
        tenant.Add(stall);
        return stall;
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
        Remove(stall, stall.Tenant);
        FairNode node = stall.Node;
        for (; node.Branches == 0 && node.Gate is { } gate; node = node.Parent!)
        {
            Remove(node, gate);
            gate.Nodes[^1].GateIndex = node.GateIndex;
            gate.Nodes[node.GateIndex] = gate.Nodes[^1];
            gate.Nodes.RemoveAt(gate.Nodes.Count - 1);
        }

        if (node.Branches > 0) return;
        _kinds.Remove(node.Kind.Key);
        foreach (var place in node.Kind.Places) place.Class.Drop(place);
    }

    private FairNode NodeOf(FairNode parent, FairGate gate)
    {
        if (_branches.TryGetValue((parent, gate), out var known)) return (FairNode)known;
        var node = new FairNode(parent, gate) { GateIndex = gate.Nodes.Count };
        gate.Nodes.Add(node);
        Add(gate, node);
        return node;
    }

    private void Add(object label, FairBranch branch)
    {
        _branches.Add((branch.Parent!, label), branch);
        branch.Parent!.Branches++;
    }

    private void Remove(FairBranch branch, object label)
    {
        branch.Parent!.Drop(branch);
        branch.Parent.Branches--;
        _branches.Remove((branch.Parent, label));
    }
}
