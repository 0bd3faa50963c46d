namespace Worcr.Grains.Simulation;

/// <summary>The jobs of a plan that come while it goes on, in their order.</summary>
internal sealed class ArrivalQueue
{
    private readonly SimulationPlan _plan;
    private readonly PriorityQueue<int, (long At, int Kind)> _next = new();
    private readonly int[] _came;

    public ArrivalQueue(SimulationPlan plan)
    {
        _plan = plan;
        _came = new int[plan.Jobs.Count];
        for (var kind = 0; kind < plan.Jobs.Count; kind++)
        {
            if (plan.Jobs[kind] is { Count: > 0, IsBacklog: false }) _next.Enqueue(kind, (AtOf(kind), kind));
        }
    }

    /// <summary>When the next one comes, Unix milliseconds, or <see cref="long.MaxValue"/>.</summary>
    public long NextAt => _next.TryPeek(out _, out var next) ? next.At : long.MaxValue;

    /// <summary>Takes jobs of one kind that have come by now, at most so many; none: null.</summary>
    public (int Kind, int Count)? Take(long now, int most)
    {
        if (!_next.TryPeek(out var kind, out var next) || next.At > now) return null;
        var count = 0;
        while (count < most && _came[kind] < _plan.Jobs[kind].Count && AtOf(kind) <= now)
        {
            _came[kind]++;
            count++;
        }

        _next.Dequeue();
        if (_came[kind] < _plan.Jobs[kind].Count) _next.Enqueue(kind, (AtOf(kind), kind));
        return (kind, count);
    }

    private long AtOf(int kind) => _plan.StartAt + _plan.Jobs[kind].ArrivalOf(_came[kind]);
}
