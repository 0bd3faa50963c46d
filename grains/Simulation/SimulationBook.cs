using Worcr.Core.Fairness;
using Worcr.Core.Rules;

namespace Worcr.Grains.Simulation;

/// <summary>Keeps account of every simulated job: whose it is, how long it waited, how it ended.</summary>
internal sealed class SimulationBook
{
    private readonly SimulationPlan _plan;
    private readonly FairCharge _charge;
    private readonly SimulatedGroup _all = new("");
    private readonly SortedDictionary<string, SimulatedGroup> _types = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, (SimulatedGroup Group, Contender Contender)> _tenants = new(StringComparer.Ordinal);
    private readonly (SimulatedGroup All, SimulatedGroup Type, SimulatedGroup Tenant, Contender Contender)[] _owners;
    private readonly long[] _slos;
    private readonly Contention _contention = new();
    private readonly List<SimulatedJob> _jobs = [];

    public SimulationBook(SimulationPlan plan)
    {
        _plan = plan;
        _slos = new long[plan.Jobs.Count];
        _charge = plan.Rules.Select(r => r.Value).OfType<NamespaceRule>().LastOrDefault()?.Charge ?? FairCharge.Job;
        var shares = plan.Rules.Where(r => r.Value is TenantRule).ToDictionary(r => r.Key, r => ((TenantRule)r.Value).Share, StringComparer.Ordinal);
        _owners = [.. plan.Jobs.Select(j => (_all, TypeOf(j.Shape.Type), TenantOf(j.Shape.Tenant, shares).Group, TenantOf(j.Shape.Tenant, shares).Contender))];
    }

    /// <summary>How many of the jobs that came have ended, or were turned away.</summary>
    public int Over { get; private set; }

    /// <summary>The kind of a job.</summary>
    public int KindOf(long index) => _jobs[(int)index].Kind;

    public void Refused(int kind, int count)
    {
        Over += count;
        Note(kind, g =>
        {
            g.Jobs += count;
            g.Refused += count;
        });
    }

    public void Came(int kind, Job job, bool waits, long now)
    {
        _slos[kind] = job.Shape.SloMs;
        _jobs.Add(new SimulatedJob(kind, now, waits));
        Note(kind, g => g.Jobs++);
        if (waits) _contention.Came(_owners[kind].Contender);
    }

    /// <summary>An attempt starts. Who starts at once and leaves a slot free (<paramref name="hasRoom"/>) takes nothing from anybody.</summary>
    public void Started(long index, LeaseEntry lease, double busyMs, bool hasRoom)
    {
        var job = _jobs[(int)index];
        var owners = _owners[job.Kind];
        Note(job.Kind, g => g.BusyMs += busyMs);
        if (lease.Attempt > 1) return;
        Note(job.Kind, g => g.Start(lease.StartedAt - job.CameAt, _slos[job.Kind]));
        _jobs[(int)index] = job with { HasStarted = true, Waits = false };
        if (!job.Waits) return;
        var cost = _charge == FairCharge.Runtime ? busyMs / 1_000 : 1;
        if (!hasRoom || lease.StartedAt > job.CameAt) _contention.Serve(owners.Contender, cost / _plan.Jobs[job.Kind].Shape.Weight);
        _contention.Left(owners.Contender);
    }

    public void Ended(long index, JobState state)
    {
        Over++;
        var job = _jobs[(int)index];
        Note(job.Kind, g =>
        {
            if (state == JobState.Succeeded) g.Succeeded++;
            else g.Ended++;
        });
        if (job.Waits) _contention.Left(_owners[job.Kind].Contender);
        if (!job.HasStarted && _slos[job.Kind] > 0) Note(job.Kind, g => g.Judge(false));
        _jobs[(int)index] = job with { HasStarted = true, Waits = false };
    }

    /// <summary>Closes the account: a job that has not started and whose objective has passed has missed it.</summary>
    public SimulationResult Close(long now, bool isTruncated, (double[] Kinds, double All) utilisation, IReadOnlyList<LaneExplanation> waiting)
    {
        foreach (var job in _jobs)
        {
            if (!job.HasStarted && _slos[job.Kind] is > 0 and var slo && now - job.CameAt > slo) Note(job.Kind, g => g.Judge(false));
        }

        var index = _contention.IndexOf(_tenants.Values.Select(t => t.Contender));
        foreach (var group in _types.Values.Concat(_tenants.Values.Select(t => t.Group)).Append(_all)) group.Close();
        return new SimulationResult
        {
            ElapsedMs = now - _plan.StartAt,
            IsTruncated = isTruncated,
            All = _all,
            Tenants = [.. _tenants.Values.Select(t => new SimulatedTenant(t.Group, t.Contender.Share, t.Contender.Service, t.Contender.Entitlement))],
            Types = [.. _types.Values],
            Utilisation = utilisation.Kinds,
            Busy = utilisation.All,
            Fairness = index,
            Waiting = waiting,
        };
    }

    private void Note(int kind, Action<SimulatedGroup> note)
    {
        var (all, type, tenant, _) = _owners[kind];
        note(all);
        note(type);
        note(tenant);
    }

    private SimulatedGroup TypeOf(string name)
    {
        if (!_types.TryGetValue(name, out var type)) _types.Add(name, type = new SimulatedGroup(name));
        return type;
    }

    private (SimulatedGroup Group, Contender Contender) TenantOf(string name, Dictionary<string, double> shares)
    {
        if (!_tenants.TryGetValue(name, out var tenant)) _tenants.Add(name, tenant = (new SimulatedGroup(name), new Contender(shares.GetValueOrDefault(name, 1))));
        return tenant;
    }
}
