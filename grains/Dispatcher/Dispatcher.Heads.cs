using Worcr.Core.Fairness;
using Worcr.Grains.Lanes;

namespace Worcr.Grains;

/// <summary>
/// Heads. Where there are more lanes than jobs that may be in memory, most lanes have none: such a lane is chosen as any other, and its head is read then, together with those of
/// the tenant's lanes that come next and with those of other tenants. Until they are here these lanes of the tenant are passed over, and lose nothing by it.
/// </summary>
public sealed partial class Dispatcher
{
    /// <summary>For how many chosen lanes heads are read at once.</summary>
    private const int MaxHeads = 4_096;

    private const int MaxHeadsOfTenant = 256;

    private int _awaitedHeads;

    /// <summary>Whether there may be lanes whose heads are in the store only.</summary>
    private bool HasUnreadLanes => _lanes.Count > _options.WindowJobs;

    /// <summary>Whether something looks at the lane's head while it waits: it has one in memory, however many lanes there are.</summary>
    private bool LooksAtHead(Lane lane) =>
        _settings.Fairness is FairStrategy.Fifo or FairStrategy.Strict
        || lane.Shape.SloMs > 0
        || lane.Order is { Lanes.Count: > 1 }
        || Array.Exists(lane.CountedBy, s => s.Rule.OldestMs > 0);

    /// <summary>Whether the lane has ready jobs in the store only, and nobody reads them.</summary>
    private static bool IsUnread(Lane lane) => lane.Top is { Refill: null, IsStarved: false } top && top.Window.Peek() is null;

    private void ServeUnread(Lane lane)
    {
        FairScheduler.IsBlind(lane, true);
        _scheduler.Activate(lane);
    }

    /// <summary>A lane was chosen whose head is not here.</summary>
    private void AwaitHead(Lane lane)
    {
        if (IsUnread(lane)) ReadHead(lane);
        if (lane.Top?.Refill is not { Held: null } refill)
        {
            Refresh(lane);
            return;
        }

        refill.Held = FairScheduler.Hold(lane);
        _awaitedHeads++;
        ReadHeads(lane);
    }

    /// <summary>A lane was served. Where those that come next of the tenant are unread, their heads are read while others are served.</summary>
    private void ReadAhead(Lane served)
    {
        if (HasUnreadLanes && FairScheduler.Next(served) is Lane next && IsUnread(next)) ReadHeads(next);
    }

    private void ReadHeads(Lane first)
    {
        foreach (var next in FairScheduler.Next(first, Math.Clamp(MaxHeads / _tenants.Count, 1, MaxHeadsOfTenant)))
        {
            if (IsUnread((Lane)next)) ReadHead((Lane)next);
        }
    }

    private void ReadHead(Lane lane) => Refill(lane.Top!, Math.Max(1, LimitOf(lane.Top!)));

    private void HeadCame(StrandRefill refill)
    {
        if (refill.Held is not { } held) return;
        _awaitedHeads--;
        FairScheduler.Release(held);
    }
}
