using Worcr.Core.Fairness;
using Worcr.Core.Rules;
using Worcr.Core.Slo;
using Worcr.Core.Time;
using Worcr.Grains.Jobs;
using Worcr.Grains.Lanes;
using Worcr.Grains.Tenants;

namespace Worcr.Grains;

/// <summary>Lanes, tenants and types in memory, and which lanes may be chosen.</summary>
public sealed partial class Dispatcher
{
    private readonly Dictionary<LaneShape, Lane> _lanes = [];
    private readonly Dictionary<string, TenantGrain> _tenants = [];
    private readonly Dictionary<string, TypeFigures> _types = [];
    private readonly Queue<Lane> _idleLanes = new();
    private long _lastLaneId;

    /// <summary>The lane of a shape. A lane that was not in memory keeps the record its stored jobs refer to, or gets a new one.</summary>
    private Lane LaneOf(LaneShape shape, long storedLaneId = 0)
    {
        var today = UnixDay.Of(_now);
        if (!_lanes.TryGetValue(shape, out var lane)) lane = AddLane(storedLaneId > 0 ? storedLaneId : ++_lastLaneId, shape);

        if (lane.SentDay < today) Send(lane, today);
        Use(lane);
        return lane;
    }

    /// <summary>The flush being built refers to the lane's record: it must not overtake the flush that writes it.</summary>
    private void Use(Lane lane) => Need(lane.RecordFlush);

    /// <summary>The store may forget a lane of an earlier day that nothing refers to: so the record of a known one is sent again on the first use of a day.</summary>
    private void Send(Lane lane, int today)
    {
        lane.SentDay = today;
        _work.Flush.Lanes.Add(new LaneRecord(lane.Id, lane.Shape, today));
        lane.RecordFlush = _work.Number;
    }

    private Lane AddLane(long id, LaneShape shape)
    {
        var tenant = TenantOf(shape.Tenant);
        if (!_types.TryGetValue(shape.Type, out var type)) _types.Add(shape.Type, type = new TypeFigures(shape.Type) { Rule = TypeRuleOf(shape.Type) });
        var queue = QueueOf(shape.Queue);
        tenant.Lanes++;
        type.Lanes++;
        queue.Lanes++;
        var lane = new Lane(id, shape, tenant, type, queue);
        _lanes.Add(shape, lane);
        EnterOrder(lane);
        Place(lane);
        return lane;
    }

    private TenantGrain TenantOf(string name)
    {
        if (_tenants.TryGetValue(name, out var tenant)) return tenant;
        tenant = new TenantGrain(name);
        Configure(tenant);
        _tenants.Add(name, tenant);
        return tenant;
    }

    /// <summary>A strand of a lane; a new one starts after everything that is stored.</summary>
    private Strand StrandOf(Lane lane, int priority) => lane.StrandOf(priority, _lastSeq);

    /// <summary>Tells the scheduler whether the lane may be chosen, gates aside: it has a ready job, which nobody is reading just now, and its order allows it.</summary>
    private void Refresh(Lane lane)
    {
        var isSink = IsSink(lane);
        if (isSink) Sink(lane);
        if (lane.Order is { } order) RefreshOrder(order);
        else if (isSink) return;
        else if (HeadOf(lane) is { } head) Serve(lane, head);
        else if (IsUnread(lane)) ServeUnread(lane);
        else _scheduler.Deactivate(lane);
    }

    /// <summary>The first ready job of a lane; null while there is none, or while its window is being filled.</summary>
    private JobGrain? HeadOf(Lane lane)
    {
        if (lane.Top is not { } top) return null;
        if (top.Window.Peek() is { } head) return head;
        RefillIfLow(top);
        return null;
    }

    private void Serve(Lane lane, JobGrain head)
    {
        if (_settings.Fairness is FairStrategy.Fifo or FairStrategy.Strict)
        {
            _scheduler.HeadIs(lane, head.Seq, lane.Shape.Weight * Urgency.Factor(_now - head.Row.ReadyAt, lane.Shape.SloMs));
        }

        FairScheduler.IsBlind(lane, false);
        _scheduler.Activate(lane);
    }

    private void Enter(JobGrain grain)
    {
        _jobs.Add(grain.Seq, grain);
        if (grain.Row.HasClientId) _clientIds[grain.Row.Id] = grain;
        grain.Lane.InMemory++;
        grain.Strand.Grains++;
        if (grain.Row.AlarmAt > 0) _alarmed++;
    }

    /// <summary>The job is in memory no longer (it may live on in the store).</summary>
    private void Leave(JobGrain grain)
    {
        grain.IsGone = true;
        if (grain.Row.AlarmAt > 0) _alarmed--;
        _timers.Clear(grain);
        _jobs.Remove(grain.Seq);
        if (grain.Row.HasClientId) _clientIds.Remove(grain.Row.Id);
        grain.Strand.Grains--;
        if (--grain.Lane.InMemory == 0) NoteIdle(grain.Lane);
    }

    private void NoteIdle(Lane lane)
    {
        if (lane.IsNotedIdle || !lane.IsIdle) return;
        lane.IsNotedIdle = true;
        _idleLanes.Enqueue(lane);
        while (_idleLanes.Count > _options.IdleLanes) Forget(_idleLanes.Dequeue());
    }

    private void Forget(Lane lane)
    {
        lane.IsNotedIdle = false;
        if (!lane.IsIdle || !_lanes.TryGetValue(lane.Shape, out var known) || !ReferenceEquals(known, lane)) return;
        _scheduler.Remove(lane);
        _lanes.Remove(lane.Shape);
        LeaveOrder(lane);
        SetSheds(lane, LaneRules.None);
        foreach (var bucket in lane.Buckets) LeaveBucket(bucket);
        if (--lane.TenantGrain.Lanes == 0) _tenants.Remove(lane.Shape.Tenant);
        if (--lane.Type.Lanes == 0) _types.Remove(lane.Shape.Type);
        if (--lane.Queue.Lanes == 0) _queues.Remove(lane.Shape.Queue);
    }
}
