using Worcr.Grains.Jobs;
using Worcr.Grains.Lanes;

namespace Worcr.Grains;

/// <summary>
/// Ordered keys. The jobs of a key may lie in several lanes (types, weights, tags differ); the key's lanes are looked at together: only the lane
/// whose head is first (by priority, then by age) can be chosen, and none while a job of the key runs.
/// </summary>
public sealed partial class Dispatcher
{
    private readonly Dictionary<string, OrderKey> _orders = new(StringComparer.Ordinal);

    private void EnterOrder(Lane lane)
    {
        if (lane.Shape.OrderKey is not { } name) return;
        if (!_orders.TryGetValue(name, out var order)) _orders.Add(name, order = new OrderKey(name));
        order.Lanes.Add(lane);
        lane.Order = order;
    }

    private void LeaveOrder(Lane lane)
    {
        if (lane.Order is not { } order) return;
        order.Lanes.Remove(lane);
        if (order.Lanes.Count == 0) _orders.Remove(order.Name);
    }

    private void RefreshOrder(OrderKey order)
    {
        var first = order.Leased > 0 ? null : FirstOf(order);
        if (first is null && order is { Leased: 0, Lanes: [var only] } && IsUnread(only) && !IsSink(only))
        {
            ServeUnread(only);
            return;
        }

        if (first is not null && first.Row.ReadyAt > _now)
        {
            _timers.Set(first, first.Row.ReadyAt);
            first = null;
        }

        if (first is not null && IsSink(first.Lane)) first = null;
        foreach (var lane in order.Lanes)
        {
            if (first is not null && ReferenceEquals(first.Lane, lane)) Serve(lane, first);
            else _scheduler.Deactivate(lane);
        }
    }

    /// <summary>The first ready job of a key; null while there is none, or while it is not known because a window is being filled.</summary>
    private JobGrain? FirstOf(OrderKey order)
    {
        JobGrain? first = null;
        var isKnown = true;
        foreach (var lane in order.Lanes)
        {
            if (lane.Top is not { } top) continue;
            if (top.Window.Peek() is not { } head)
            {
                RefillIfLow(top);
                isKnown = false;
            }
            else if (first is null || IsBefore(head, first))
            {
                first = head;
            }
        }

        return isKnown ? first : null;
    }

    private static bool IsBefore(JobGrain one, JobGrain other) =>
        one.Strand.Priority != other.Strand.Priority ? one.Strand.Priority > other.Strand.Priority : one.Seq < other.Seq;
}
