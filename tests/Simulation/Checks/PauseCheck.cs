using Worcr.Core.Rules;
using Worcr.Simulation.World;

namespace Worcr.Simulation.Checks;

/// <summary>What an operator held back is not started after that was answered.</summary>
internal sealed class PauseCheck(SimulatedWorld world) : Check(world, "nothing starts that is paused, prohibited or to be discarded")
{
    public override void Told(LeasedJob job, JobRecord record)
    {
        if (!Store.Live.TryGetValue(job.Lease.Seq, out var row) || row.Attempt >= job.Attempt) return;
        var (flush, shape, lease) = (record.LeaseFlush[job.Attempt], record.Shape, record.Leases[job.Attempt]);
        foreach (var (rule, pause) in World.Rules.KnownTo<PauseRule>(flush)) Demand(!pause.Match.Matches(shape), $"job {Local(row.Seq)} starts although pause '{rule.Name}' stands");
        foreach (var (rule, hole) in World.Rules.KnownTo<BlackholeRule>(flush)) Demand(!hole.Match.Matches(shape), $"job {Local(row.Seq)} starts although blackhole '{rule.Name}' stands");
        foreach (var (rule, tenant) in World.Rules.KnownTo<TenantRule>(flush)) Demand(!tenant.IsPaused || rule.Name != shape.Tenant, $"job {Local(row.Seq)} starts although its tenant is paused");
        foreach (var (rule, order) in World.Rules.KnownTo<WorkerRule>(flush)) Demand(rule.Name != lease.Worker, $"job {Local(row.Seq)} starts on {lease.Worker}, which was told to {order.Order}");
        foreach (var (rule, route) in World.Rules.KnownTo<RouteRule>(flush))
        {
            if (!route.Match.Matches(shape)) continue;
            World.Coverage.Count("route looked at");
            Demand(!route.Match.Worker.Matches(World.WorkerTags[lease.Worker]), $"job {Local(row.Seq)} starts on {lease.Worker} although route '{rule.Name}' prohibits it");
        }
    }
}
