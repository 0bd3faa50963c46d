using System.Globalization;
using System.Text;
using Worcr.Simulation.Running;
using Worcr.Simulation.World;

namespace Worcr.Simulation.Actors;

/// <summary>Makes jobs of all sorts.</summary>
internal sealed class JobMaker(SimulatedWorld world)
{
    private static readonly string[] Types = ["a", "b", "c"];
    private static readonly string[] Tagged = ["x"];
    private static readonly string[] OtherTagged = ["x:1"];

    /// <summary>The paths of arguments that rules look at, sorted.</summary>
    public static readonly string[] ArgPaths = ["s", "v.k"];

    private const JobGiven Everything =
        JobGiven.Retry | JobGiven.Timeout | JobGiven.ResultTtl | JobGiven.Priority | JobGiven.Queue | JobGiven.Tags | JobGiven.Weight | JobGiven.Slo;

    private int _made;
    private int _batches;

    private Chance Chance => world.Chance;

    private long ServerNow => world.Cluster.Current?.Clock ?? world.Now;

    /// <summary>A request; all its jobs are known to the ledger.</summary>
    public EnqueueRequest Batch(int size)
    {
        var isPlain = Chance.Hits(0.6);
        var jobs = new List<Job>(size);
        var batch = ++_batches;
        for (var i = 0; i < size; i++) jobs.Add(One(isPlain));
        foreach (var job in jobs) world.Ledger.Add(new JobSpec { Batch = batch, Size = size, IsPlain = isPlain, Job = job, DueAt = job.DueAt });
        return new EnqueueRequest(jobs);
    }

    /// <summary>Plain jobs of one tenant in up to two lanes, for fairness.</summary>
    public EnqueueRequest Backlog(string tenant, int size, double weight)
    {
        var batch = ++_batches;
        var jobs = Enumerable.Range(0, size).Select(i => new Job
        {
            Shape = new LaneShape("a", tenant, "default", [], i % 2 == 0 ? weight : 1, 0, null),
            Args = Args(false),
        }).ToList();
        foreach (var job in jobs) world.Ledger.Add(new JobSpec { Batch = batch, Size = size, IsPlain = true, Job = job, DueAt = 0 });
        return new EnqueueRequest(jobs);
    }

    private Job One(bool isPlain)
    {
        var isOrdered = Chance.Hits(0.15);
        var hasId = !isPlain && Chance.Hits(0.5);
        return new Job
        {
            Shape = isOrdered ? Ordered() : Shape(),
            Priority = Chance.Hits(0.2) ? Chance.Between(-1, 2) : 0,
            DueAt = Chance.Hits(0.25) ? ServerNow + Delay() : 0,
            ExpiresAt = Chance.Hits(0.12) ? ServerNow + Chance.Between(1, 8_000) : 0,
            Args = Args(Chance.Hits(0.15)),
            Options = Options(!isPlain && Chance.Hits(0.5)),
            HasClientId = hasId,
            Given = Chance.Hits(0.5) ? Everything : JobGiven.Retry | JobGiven.Timeout | JobGiven.ResultTtl,
            Id = hasId ? world.GivenId() : Guid.Empty,
        };
    }

    private LaneShape Shape() => new(
        Chance.Of(Types), Scenario.Tenant(Chance.Next(4)), Chance.Hits(0.1) ? "q2" : "default", Chance.Hits(0.1) ? Tagged : Chance.Hits(0.1) ? OtherTagged : [],
        Chance.Of([1, 1, 1, 2, 10]), Chance.Hits(0.2) ? 500 : 0, null);

    /// <summary>Jobs of one order key lie in several lanes.</summary>
    private LaneShape Ordered() => new(
        Chance.Hits(0.2) ? "a" : "ord", Scenario.Tenant(Chance.Hits(0.3) ? 1 : 0), "default", Chance.Hits(0.2) ? Tagged : [], Chance.Hits(0.2) ? 3 : 1, 0,
        Chance.Hits(0.2) ? $"once{Chance.Next(50)}" : $"k{Chance.Next(3)}");

    private int Delay() => Chance.Hits(0.1) ? Chance.Between(10_000, 60_000) : Chance.Between(1, 6_000);

    private byte[] Args(bool isLarge)
    {
        var looked = Chance.Next(4) switch { 0 => "", 1 => ",\"s\":\"a\"", 2 => ",\"s\":\"b\",\"v\":{\"k\":1}", _ => ",\"v\":{\"k\":2}" };
        var padding = new string('p', isLarge ? world.Scenario.Options.MaxInlineArgs : 0);
        return Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{{\"n\":{++_made},\"p\":\"{padding}\"{looked}}}"));
    }

    private JobOptions Options(bool isUnique)
    {
        if (!isUnique && Chance.Hits(0.4)) return Short;
        return new JobOptions { TimeoutMs = Chance.Between(300, 5_000), Retry = Retry(), Unique = isUnique ? Unique() : null };
    }

    private static JobOptions Short { get; } = new() { TimeoutMs = 3_000, Retry = new RetryPolicy { BaseMs = 200, CapMs = 2_000 } };

    private RetryPolicy Retry() => new()
    {
        MaxAttempts = Chance.Of([0, 1, 2, 5, 25]),
        MaxFails = Chance.Of([0, 0, 1, 3]),
        Backoff = Chance.Of([Backoff.Exponential, Backoff.Linear, Backoff.Fixed]),
        BaseMs = Chance.Between(1, 600),
        CapMs = 3_000,
        Jitter = 0.3,
        StepsAside = Chance.Hits(0.2),
    };

    private UniquePolicy Unique()
    {
        var until = Chance.Of([UniqueUntil.Finished, UniqueUntil.Started, UniqueUntil.Expired]);
        var lasts = until == UniqueUntil.Expired || Chance.Hits(0.3) ? Chance.Between(100, 4_000) : 0;
        return new UniquePolicy($"u{Chance.Next(6)}", until, lasts, Chance.Of([UniqueConflict.Return, UniqueConflict.Reject, UniqueConflict.Replace]));
    }
}
