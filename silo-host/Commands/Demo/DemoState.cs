using Worcr.Protocol;

namespace Worcr.SiloHost.Commands.Demo;

/// <summary>What the demo has come to, from the silo's own figures.</summary>
public sealed class DemoState
{
    private static readonly TimeSpan RateWindow = TimeSpan.FromSeconds(2);

    private readonly Dictionary<(bool Tenant, string Name), History> _groups = [];

    /// <summary>Time since the workers started.</summary>
    public TimeSpan Elapsed { get; private set; }

    /// <summary>Jobs of the digest that are done, of how many; null before it starts.</summary>
    public (double Done, double Total)? Digest { get; set; }

    /// <summary>Workers that are connected.</summary>
    public int Workers { get; private set; }

    /// <summary>Their slots.</summary>
    public long Slots { get; private set; }

    /// <summary>Whether every job of the initial load has succeeded.</summary>
    public bool IsDone => _groups.Values.All(group => group.Done >= group.Expected);

    /// <summary>The tenants of the sample load, the giant one first.</summary>
    public IEnumerable<DemoGroup> Tenants => All(tenant: true);

    /// <summary>Tells that a batch was enqueued.</summary>
    public void Expect(DemoBatch batch)
    {
        Of(true, batch.Tenant).Expected += batch.Count;
        Of(false, batch.Type).Expected += batch.Count;
    }

    /// <summary>One type.</summary>
    public DemoGroup Type(string name) => Of(false, name).ToGroup(name);

    /// <summary>Takes the silo's figures.</summary>
    public void Update(StatsDocument stats, TimeSpan elapsed)
    {
        Elapsed = elapsed;
        Workers = stats.Workers.Sessions;
        Slots = stats.Workers.Slots;
        foreach (var tenant in stats.Tenants) Of(true, tenant.Name).Update(tenant.Jobs, elapsed);
        foreach (var type in stats.Types) Of(false, type.Name).Update(type.Jobs, elapsed);
    }

    private IEnumerable<DemoGroup> All(bool tenant) =>
        from pair in _groups where pair.Key.Tenant == tenant && pair.Value.Expected > 0 select pair.Value.ToGroup(pair.Key.Name);

    private History Of(bool tenant, string name)
    {
        if (!_groups.TryGetValue((tenant, name), out var history)) _groups.Add((tenant, name), history = new History());
        return history;
    }

    private sealed class History
    {
        private readonly Queue<(TimeSpan At, long Done)> _points = new([(TimeSpan.Zero, 0)]);
        private StatsCounts _now = new(0, 0, 0, 0, 0, 0, 0);
        private TimeSpan? _finished;
        private TimeSpan _at;

        public long Expected { get; set; }

        public long Done => _now.Succeeded;

        public void Update(StatsCounts counts, TimeSpan at)
        {
            _now = counts;
            _at = at;
            if (counts.Succeeded >= Expected) _finished ??= at;
            _points.Enqueue((at, counts.Succeeded));
            while (_points.Count > 2 && at - _points.Peek().At > RateWindow) _points.Dequeue();
        }

        public DemoGroup ToGroup(string name)
        {
            var (since, done) = _points.Peek();
            var rate = _at > since ? (_now.Succeeded - done) / (_at - since).TotalSeconds : 0;
            return new DemoGroup(name, _now.Ready, _now.Running, _now.Succeeded, Expected, _now.Failed, rate, _finished);
        }
    }
}
