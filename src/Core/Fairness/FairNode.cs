namespace Worcr.Core.Fairness;

/// <summary>
/// A node of a kind's trie over lists of gates, the most general gate first: below it stand all lanes whose list begins with the gates from the root
/// to here. Keys in its tournament are lower bounds (what moves on is mended when it reaches the top; what moves forward is offered at once). A tenant that was served elsewhere has moved
/// on in all its stalls: what is mended for that is seen by the tenant's slot alone, for most of it is never looked at otherwise.
/// A branch with a closed gate is taken out of the tournament only when it reaches the top; so a gate that opens again soon costs next to nothing.
/// </summary>
internal class FairNode : FairBranch
{
    /// <summary>Tournaments that are smaller than this stay in the processor's cache by themselves.</summary>
    private const int Large = 256;

    private FairTournament<FairKey, FairBranch> _branches;
    private int _newcomer;
    private int _formerNewcomer;

    /// <summary>A node below another.</summary>
    public FairNode(FairNode parent, FairStep[] steps)
        : base(parent, parent.Order, steps) => Kind = parent.Kind;

    /// <summary>A root.</summary>
    protected FairNode(FairOrder order)
        : base(null, order, []) => Kind = (FairKind)this;

    public override FairKind Kind { get; }

    public override int Slot => -1;

    /// <summary>Nodes and stalls below, empty ones too.</summary>
    public int Branches { get; set; }

    protected FairKey? Bound => _branches.Count == 0 ? null : Lifted(_branches.TopKey);

    public override FairLane? Top(out FairKey key)
    {
        while (_branches.Count > 0 && Closed == 0)
        {
            var bound = _branches.TopKey;
            if (Order.HasMovedOn(_branches.TopTag, ref bound))
            {
                Moved(_branches.MoveTop(bound));
                continue;
            }

            var branch = _branches.Top;
            if (branch.Top(out key) is not { } lane)
            {
                _branches.Remove(branch);
                continue;
            }

            if (bound.IsBefore(key))
            {
                Moved(_branches.MoveTop(key));
                if (!_branches.IsTop(branch)) continue;
            }

            key = Lifted(key);
            return lane;
        }

        key = default;
        return null;
    }

    /// <summary>Below, a lane has come to stand at <paramref name="key"/>.</summary>
    public void Offer(FairBranch branch, FairKey key)
    {
        if (branch.Index < 0)
        {
            _branches.Add(branch, key, branch.Slot);
        }
        else
        {
            var known = _branches.KeyOf(branch);
            if (!key.IsBefore(known))
            {
                if (key.Lane < known.Lane && branch.Slot >= 0) _branches.Move(branch, new FairKey(known.Tenant, key.Lane)); // or the next mending would forget the lane
                return;
            }

            _branches.Move(branch, key);
        }

        if (_branches.IsTop(branch)) Announce(Lifted(key));
    }

    /// <summary>Below, a lane has moved: the branch stands at <paramref name="key"/> now, exactly.</summary>
    public void Follow(FairBranch branch, FairKey key)
    {
        if (branch.Index < 0) _branches.Add(branch, key, branch.Slot);
        else Moved(_branches.Move(branch, key));
        if (_branches.IsTop(branch)) Announce(Lifted(key));
    }

    public override void Offer()
    {
        if (Bound is { } bound) Announce(bound);
    }

    public override void FetchAhead()
    {
        if (_branches.Count > 0) CacheAhead.FetchObject(_branches.Top);
    }

    public void Drop(FairBranch branch)
    {
        if (branch.Index >= 0) _branches.Remove(branch);
    }

    /// <summary>Another strategy: everything will be offered anew.</summary>
    public void Reset()
    {
        _branches.Clear();
        Lift = null;
    }

    /// <summary>Tells those above.</summary>
    protected virtual void Announce(FairKey key)
    {
        if (Closed == 0) Parent!.Offer(this, key);
    }

    /// <summary>
    /// Who came to the last sixteen goes first after some more choices, one in sixteen at once. Until then, what is read of it is fetched step by step: its match, when it came;
    /// with the next choice the branch itself; and then what the branch looks at.
    /// </summary>
    private void Moved(int newcomer)
    {
        if (_branches.Count < Large) return;
        _branches.ItemAt(_formerNewcomer)?.FetchAhead();
        if (_branches.ItemAt(_newcomer) is { } branch) CacheAhead.FetchObject(branch);
        _branches.FetchMatch(newcomer);
        (_formerNewcomer, _newcomer) = (_newcomer, newcomer);
    }
}
