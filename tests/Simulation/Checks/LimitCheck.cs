using Worcr.Core.Limits;
using Worcr.Core.Rules;
using Worcr.Simulation.Server;
using Worcr.Simulation.World;

namespace Worcr.Simulation.Checks;

/// <summary>
/// Concurrency, seen from the workers: of one key never more leases are open that a worker was told of than the limit allows; and when everything is
/// done, everything was given back. A job that ran before its limit looked at arguments is not held against it.
/// </summary>
internal sealed class LimitCheck(SimulatedWorld world) : Check(world, "no limit is ever exceeded")
{
    private readonly List<(string Limit, string Key, int Count, LeaseToken Lease, (long, long) After)> _granted = [];

    public override void Told(LeasedJob job, JobRecord record)
    {
        if (!IsOpen(job.Lease)) return;
        var flush = record.LeaseFlush[job.Attempt];
        foreach (var (rule, limit) in World.Rules.KnownTo<LimitRule>(flush))
        {
            if (limit.Use != LimitUse.Job || limit.Limit.Kind != LimitKind.Concurrency || KeyOf(limit, record.Shape) is not { } key) continue;
            var used = 1 + Open(record).Count(o => KeyOf(limit, o.Shape) == key && (!LooksAtArgs(limit) || rule.Version.CompareTo(o.LeaseFlush[o.MaxTold]) < 0));
            World.Coverage.Count(used == Most(limit) ? "limit reached" : "limit counted");
            Demand(used <= Most(limit), $"job {Local(record.Seq)} is the {used}th of limit '{rule.Name}', key '{key}', at {Most(limit)}");
        }

        foreach (var (rule, tenant) in World.Rules.KnownTo<TenantRule>(flush))
        {
            if (rule.Name != record.Shape.Tenant || tenant.MaxConcurrency == 0) continue;
            var used = 1 + Open(record).Count(o => o.Shape.Tenant == rule.Name);
            World.Coverage.Count("maximum of a tenant counted");
            Demand(used <= tenant.MaxConcurrency, $"job {Local(record.Seq)} is the {used}th of tenant '{rule.Name}', which may run {tenant.MaxConcurrency}");
        }
    }

    public override void Replied(SimulatedEnvelope call, object reply)
    {
        if (call.Request is ResourceRequest.Read { Kind: ResourceKind.Limit } && World.IsHealed && Store.Live.IsEmpty) Returned((ResourceReply)reply);
        if (call.Request is not AcquireRequest request || reply is not AcquireReply { Granted: true }) return;
        World.Coverage.Count("worker acquired");
        if (!IsOpen(request.Lease)) return;
        _granted.RemoveAll(g => !IsOpen(g.Lease));
        _granted.Add((request.Limit, request.Key, request.Count, request.Lease, call.SentAfter));
        foreach (var (rule, limit) in World.Rules.KnownTo<LimitRule>(call.SentAfter))
        {
            if (rule.Name != request.Limit || limit.Use != LimitUse.Worker || limit.Limit.Kind != LimitKind.Concurrency) continue;
            var used = _granted.Where(g => g.Limit == rule.Name && g.Key == request.Key && rule.Version.CompareTo(g.After) < 0).Sum(g => g.Count);
            Demand(used <= Most(limit), $"workers hold {used} of limit '{rule.Name}', key '{request.Key}', at {Most(limit)}");
        }
    }

    private void Returned(ResourceReply reply)
    {
        foreach (var item in reply.Items.Where(i => ((LimitRule)i.Body).Limit.Kind == LimitKind.Concurrency))
        {
            World.Coverage.Count("limit given back");
            foreach (var usage in item.Figures.Usage) Demand(usage.Used == 0, $"{usage.Used} of limit '{item.Name}', key '{usage.Key}', was never given back");
        }
    }

    private bool IsOpen(LeaseToken lease) => Store.Live.TryGetValue(lease.Seq, out var row) && row.Attempt < lease.Attempt;

    /// <summary>Jobs whose current lease a worker knows.</summary>
    private IEnumerable<JobRecord> Open(JobRecord but) =>
        Store.Live.Values.Where(j => j.Seq != but.Seq).Select(j => (Row: j, Record: Ledger.Of(j.Seq))).Where(o => o.Record.MaxTold > o.Row.Attempt).Select(o => o.Record);

    private static int Most(LimitRule limit) => limit.Adaptive?.Max ?? limit.Limit.Limit;

    private static string? KeyOf(LimitRule limit, LaneShape shape) => limit.Match.Matches(shape) ? LimitKeys.Of(limit.Key, shape) : null;

    private static bool LooksAtArgs(LimitRule limit) => limit.Match.Args.Count > 0 || limit.Key.Any(p => p.From == LimitKeySource.Args);
}
