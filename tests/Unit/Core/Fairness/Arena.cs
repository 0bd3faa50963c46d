using Worcr.Core.Fairness;

namespace Worcr.Unit.Core.Fairness;

/// <summary>A scheduler with tenants, lanes that have backlogs, and a count of who was served.</summary>
internal sealed class Arena
{
    private readonly Dictionary<string, FairTenant> _tenants = [];

    public FairScheduler Scheduler { get; } = new(new Random(1));

    public List<TestLane> Lanes { get; } = [];

    public Dictionary<string, long> Served { get; } = [];

    /// <summary>What each tenant got, in virtual time: the sum of cost / (share x weight).</summary>
    public Dictionary<string, double> Normalised { get; } = [];

    public FairTenant Tenant(string name, double share = 1)
    {
        if (_tenants.TryGetValue(name, out var tenant)) return tenant;
        (Served[name], Normalised[name]) = (0, 0);
        return _tenants[name] = new FairTenant(name) { Share = share };
    }

    public TestLane Lane(string tenant, double share = 1, double weight = 1, int kind = 0, long backlog = 0)
    {
        var lane = new TestLane(Tenant(tenant, share), weight, kind);
        Scheduler.Place(lane, kind);
        Scheduler.HeadIs(lane, 0, weight);
        Lanes.Add(lane);
        Enqueue(lane, backlog);
        return lane;
    }

    public FairClass Class(Func<int, bool>? takes = null) =>
        Scheduler.AddClass(kind => takes is null || takes((int)kind));

    public void Enqueue(TestLane lane, long jobs)
    {
        lane.Backlog += jobs;
        if (lane.Backlog > 0) Scheduler.Activate(lane);
    }

    public void Park(TestLane lane) => Scheduler.Deactivate(lane);

    /// <summary>One free slot of a class: the lane that was served, or null.</summary>
    public TestLane? Serve(FairClass workers)
    {
        if (workers.Choose() is not TestLane lane) return null;
        lane.Backlog.ShouldBePositive();
        lane.IsActive.ShouldBeTrue();
        Scheduler.Charge(lane, 1, lane.Weight);
        var name = lane.Tenant.Name;
        Served[name]++;
        Normalised[name] += 1 / (lane.Tenant.Share * lane.Weight);
        lane.Served++;
        if (--lane.Backlog == 0) Scheduler.Deactivate(lane);
        return lane;
    }

    public List<string> Serve(FairClass workers, int jobs)
    {
        var served = new List<string>(jobs);
        while (served.Count < jobs && Serve(workers) is { } lane) served.Add(lane.Tenant.Name);
        return served;
    }
}
