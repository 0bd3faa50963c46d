using Worcr.Core.Fairness;
using Worcr.Core.Limits;
using Worcr.Core.Matching;
using Worcr.Core.Rules;
using Worcr.Simulation.World;

namespace Worcr.Simulation.Actors;

/// <summary>Makes rules of all kinds; none that would hold a job back for ever in a healed world.</summary>
internal sealed class RuleMaker(SimulatedWorld world)
{
    private static readonly string[] Types = ["a", "b", "c", "ord"];

    private Chance Chance => world.Chance;

    private long ServerNow => world.Cluster.Current?.Clock ?? world.Now;

    public ResourceRequest Next()
    {
        var (name, rule) = Rule();
        return rule.Kind != ResourceKind.Settings && Chance.Hits(0.3) ? new ResourceRequest.Delete(rule.Kind, name) : new ResourceRequest.Put(name, rule);
    }

    private (string Name, Resource Rule) Rule() => Chance.Next(22) switch
    {
        < 2 => ($"r{Chance.Next(3)}", new WeightRule(Match(Worker()), Chance.Of([0.1, 2, 10]))),
        < 4 => ($"r{Chance.Next(2)}", new RouteRule(Match(Worker()))),
        < 6 => ($"p{Chance.Next(3)}", new PauseRule(Match(TagMatch.Any), Expiry())),
        < 8 => ($"h{Chance.Next(2)}", new BlackholeRule(Narrow(), Expiry())),
        < 10 => ($"t{Chance.Next(4)}", Tenant()),
        10 => (Chance.Of(Types), Type()),
        11 => (NamespaceRule.Name, new NamespaceRule { Fairness = Chance.Of(Enum.GetValues<FairStrategy>()), Charge = Chance.Of([FairCharge.Job, FairCharge.Runtime]) }),
        < 17 => ($"l{Chance.Next(5)}", Limit(LimitUse.Job)),
        20 or 21 => ($"s{Chance.Next(3)}", Shed()),
        _ => ($"l{Chance.Between(3, 6)}", Limit(LimitUse.Worker)),
    };

    /// <summary>A worker without tags meets none.</summary>
    private TagMatch Worker() => new() { All = [Chance.Of(["gpu", "eu"])] };

    private RuleMatch Match(TagMatch worker) => new()
    {
        Job = new JobMatch
        {
            Types = Chance.Hits(0.5) ? [Chance.Of(Types)] : [],
            Tenants = Chance.Hits(0.3) ? [$"t{Chance.Next(4)}"] : [],
            AllTags = Chance.Hits(0.1) ? ["x"] : [],
            NoTags = Chance.Hits(0.1) ? ["x:1"] : [],
        },
        Args = Args(0.35),
        Worker = worker,
    };

    private RuleMatch Narrow() => new() { Job = new JobMatch { Types = [Chance.Of(Types)], Tenants = [$"t{Chance.Next(4)}"] }, Args = Args(0.5) };

    private ArgMatch[] Args(double probability) => Chance.Hits(probability) ? [Chance.Of<ArgMatch>([new("s", "a"), new("s", "b"), new("v.k", "1")])] : [];

    private long Expiry() => Chance.Hits(0.6) ? ServerNow + Chance.Between(50, 3_000) : 0;

    private TenantRule Tenant() => new(Chance.Between(1, 5))
    {
        MaxWeight = Chance.Of([0, 0, 1.5]),
        MaxConcurrency = Chance.Of([0, 0, 1, 2, 5]),
        IsPaused = Chance.Hits(0.2),
    };

    private TypeRule Type() => new()
    {
        Weight = Chance.Of([0, 4]),
        Queue = Chance.Of<string?>([null, "q2"]),
        Priority = Chance.Of<int?>([null, 1]),
        Tags = Chance.Of<string[]?>([null, ["x"]]),
        SloMs = Chance.Of([0, 300]),
    };

    private ShedRule Shed() => Chance.Hits(0.3) ? HoldingBack() : new(Match(TagMatch.Any), Chance.Of([ShedAction.Discard, ShedAction.Discard, ShedAction.Reject, ShedAction.Defer]))
    {
        Of = Chance.Hits(0.3) ? Match(TagMatch.Any) : null,
        Backlog = Chance.Hits(0.5) ? Chance.Between(1, 30) : 0,
        OldestMs = Chance.Between(100, 3_000),
        DeferMs = Chance.Between(10, 2_000),
        ExpiresAt = Expiry(),
    };

    /// <summary>Some jobs wait while there are a few others.</summary>
    private ShedRule HoldingBack() => new(Match(TagMatch.Any), ShedAction.Defer)
    {
        Of = Match(TagMatch.Any),
        Backlog = Chance.Between(1, 4),
        DeferMs = Chance.Between(10, 500),
        ExpiresAt = Chance.Hits(0.5) ? Expiry() : 0,
    };

    private LimitRule Limit(LimitUse use)
    {
        var limit = Spec();
        var isAdaptive = Chance.Hits(0.3);
        return new LimitRule(use == LimitUse.Worker && Chance.Hits(0.8) ? RuleMatch.Any : Match(TagMatch.Any), limit)
        {
            Use = use,
            Key = use == LimitUse.Worker ? [] : Key(),
            Adaptive = isAdaptive ? new AdaptiveSpec(1, limit.Limit + Chance.Next(3), ["boom", "timeout"]) { Gradient = Chance.Hits(0.5), IsFrozen = Chance.Hits(0.1) } : null,
        };
    }

    private LimitSpec Spec()
    {
        var kind = Chance.Of([LimitKind.Concurrency, LimitKind.Concurrency, LimitKind.FixedWindow, LimitKind.SlidingWindow, LimitKind.TokenBucket]);
        var limit = Chance.Between(1, 4);
        if (kind == LimitKind.Concurrency) return new LimitSpec(kind, limit);
        return new LimitSpec(kind, limit, Chance.Of([50, 200, 1_000]), kind == LimitKind.TokenBucket ? Chance.Of([0, 1, 3]) : 0);
    }

    private LimitKeyPart[] Key() => Chance.Next(7) switch
    {
        0 => [],
        1 => [new(LimitKeySource.Constant, "c")],
        2 => [new(LimitKeySource.Type)],
        3 => [new(LimitKeySource.Tenant)],
        4 => [new(LimitKeySource.Tag, "x")],
        5 => [new(LimitKeySource.Args, "v.k")],
        _ => [new(LimitKeySource.Tenant), new(LimitKeySource.Args, "s")],
    };
}
