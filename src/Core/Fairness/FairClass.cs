namespace Worcr.Core.Fairness;

/// <summary>One worker class's view: the kinds of lanes it may serve, by where the first lane of each stands.</summary>
public sealed class FairClass
{
    private readonly Func<object, bool> _eligible;
    private readonly Func<object, double>? _factor;
    private readonly FairOrder _order;
    private FairTournament<FairKey, KindPlace> _kinds;
    private FairTenant? _lastTenant;
    private bool _foundNothing;
    private UInt128 _lastStart;
    private UInt128 _lastLaneStart;

    internal FairClass(Func<object, bool> eligible, Func<object, double>? factor, FairOrder order) =>
        (_eligible, _factor, _order) = (eligible, factor, order);

    /// <summary>
    /// The lane that a free slot of this class serves next, or null; <see cref="FairScheduler.Charge"/> it when a job was taken.
    /// </summary>
    public FairLane? Choose()
    {
        while (_kinds.Count > 0)
        {
            var place = _kinds.Top;
            if (place.Kind.Top(out var first) is not { } lane)
            {
                _kinds.Remove(place);
                continue;
            }

            var key = _order.ForClass(first, place.Factor);
            if (_kinds.TopKey.IsBefore(key)) _kinds.Move(place, key);
            if (!_kinds.IsTop(place)) continue;
            Note(lane, first);
            return lane;
        }

        (_lastTenant, _foundNothing) = (null, true);
        return null;
    }

    /// <summary>The class's virtual time: where the last it chose stood; the general one when it found nothing; 0 when it never chose.</summary>
    internal UInt128 Start(UInt128 now) => _foundNothing ? now : _lastStart;

    /// <summary>The same for the lanes of a tenant, as far as the class knows it.</summary>
    internal UInt128 LaneStart(FairTenant tenant)
    {
        if (_lastTenant is null && !_foundNothing) return 0;
        return ReferenceEquals(_lastTenant, tenant) ? _lastLaneStart : tenant.LaneTime;
    }

    internal void Introduce(FairKind kind)
    {
        if (_eligible(kind.Key)) kind.Add(new KindPlace(this, kind, _factor?.Invoke(kind.Key) ?? 1));
    }

    internal void Offer(KindPlace place, FairKey first)
    {
        var key = _order.ForClass(first, place.Factor);
        if (place.Index < 0) _kinds.Add(place, key);
        else if (key.IsBefore(_kinds.KeyOf(place))) _kinds.Move(place, key);
    }

    internal void Drop(KindPlace place)
    {
        if (place.Index >= 0) _kinds.Remove(place);
    }

    /// <summary>Another strategy: everything will be offered anew.</summary>
    internal void Reset()
    {
        _kinds.Clear();
        (_lastTenant, _lastStart, _foundNothing) = (null, 0, false);
    }

    private void Note(FairLane lane, FairKey key)
    {
        (_lastTenant, _foundNothing) = (lane.Tenant, false);
        _lastStart = _order.HasTenantTimes ? key.Tenant : lane.Tenant.Time;
        _lastLaneStart = _order.HasLaneTimes ? key.Lane : lane.Time;
    }
}
