using Worcr.Simulation.Running;
using Worcr.Simulation.Server;
using Worcr.Simulation.World;

namespace Worcr.Simulation.Checks;

/// <summary>
/// Between two tenants that both have a backlog, the service each got, divided by share and weight, differs by a few jobs at most; over
/// every interval, so also for a tenant that comes late. Decisions are counted in their order, without faults.
/// </summary>
internal sealed class FairnessCheck(SimulatedWorld world) : Check(world, "tenants with a backlog get their shares")
{
    private readonly Dictionary<string, double> _service = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _ready = new(StringComparer.Ordinal);
    private readonly Dictionary<(string, string), (double Least, double Most)> _lag = [];
    private readonly Dictionary<string, double> _largest = new(StringComparer.Ordinal);
    private readonly Dictionary<long, LaneShape> _shapes = [];

    public override void Committed(PendingCommit commit)
    {
        if (World.Scenario.Kind != ScenarioKind.Fairness) return;
        foreach (var lease in commit.Work.Flush.Leases) Served(ShapeOf(commit, lease.Seq));
        foreach (var job in commit.Work.Flush.Inserts) Came(job);
    }

    private void Came(Job job)
    {
        var tenant = job.Shape.Tenant;
        _shapes[job.Seq] = job.Shape;
        _largest[tenant] = Math.Max(_largest.GetValueOrDefault(tenant), Step(job.Shape));
        _ready[tenant] = _ready.GetValueOrDefault(tenant) + 1;
        if (_ready[tenant] == 1) Restart(tenant);
    }

    /// <summary>A flush may lease what it inserts.</summary>
    private LaneShape ShapeOf(PendingCommit commit, long seq) =>
        _shapes.TryGetValue(seq, out var shape) ? shape : commit.Work.Flush.Inserts.Find(j => j.Seq == seq)!.Shape;

    private void Served(LaneShape shape)
    {
        var tenant = shape.Tenant;
        _service[tenant] = _service.GetValueOrDefault(tenant) + Step(shape);
        _ready[tenant] = _ready.GetValueOrDefault(tenant) - 1;
        if (_ready[tenant] <= 0) Restart(tenant);
        foreach (var other in _ready.Keys.Where(t => t != tenant && _ready[t] > 0 && _ready[tenant] > 0)) Compare(tenant, other);
    }

    private void Compare(string one, string two)
    {
        var (a, b) = string.CompareOrdinal(one, two) < 0 ? (one, two) : (two, one);
        var lag = _service.GetValueOrDefault(a) - _service.GetValueOrDefault(b);
        var (least, most) = _lag.TryGetValue((a, b), out var known) ? (Math.Min(known.Least, lag), Math.Max(known.Most, lag)) : (lag, lag);
        _lag[(a, b)] = (least, most);
        World.Coverage.Count("fairness compared");
        var allowed = 2 * (_largest[a] + _largest[b]);
        Demand(most - least <= allowed + 1e-9, $"the service of '{a}' and '{b}' drifts apart by {most - least:0.###}, {allowed:0.###} allowed");
    }

    /// <summary>A tenant without backlog is not compared; when it has one again, from then on.</summary>
    private void Restart(string tenant)
    {
        foreach (var pair in _lag.Keys.Where(p => p.Item1 == tenant || p.Item2 == tenant).ToArray()) _lag.Remove(pair);
    }

    private double Step(LaneShape shape) => 1 / (World.Scenario.ShareOf(shape.Tenant) * shape.Weight);
}
