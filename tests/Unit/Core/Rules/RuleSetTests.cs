using Worcr.Core.Limits;
using Worcr.Core.Matching;
using Worcr.Core.Rules;

namespace Worcr.Unit.Core.Rules;

public sealed class RuleSetTests
{
    private readonly RuleSet _rules = new();

    [Fact]
    public void Without_rules_nothing_is_said() => _rules.For(Shape()).ShouldBeSameAs(LaneRules.None);

    [Fact]
    public void Factors_of_all_rules_that_meet_job_and_worker_are_multiplied()
    {
        _rules.Put("a", new WeightRule(new RuleMatch { Job = new JobMatch { Types = ["t"] } }, 10));
        _rules.Put("b", new WeightRule(new RuleMatch { Worker = new TagMatch { All = ["gpu"] } }, 3));
        _rules.Put("c", new WeightRule(new RuleMatch { Job = new JobMatch { AllTags = ["vip"] } }, 7));

        var weights = _rules.For(Shape()).Weights;
        weights.FactorFor([]).ShouldBe(10);
        weights.FactorFor(["gpu", "eu"]).ShouldBe(30);
        _rules.For(Shape(tags: ["vip"])).Weights.FactorFor(["gpu"]).ShouldBe(210);
    }

    [Fact]
    public void Lanes_that_the_same_rules_meet_share_one_set()
    {
        _rules.Put("a", new RouteRule(new RuleMatch { Worker = new TagMatch { None = ["eu"] } }));
        var routes = _rules.For(Shape(tenant: "x")).Routes;
        _rules.For(Shape(tenant: "y")).Routes.ShouldBeSameAs(routes);
        _rules.Put("a", new RouteRule(new RuleMatch { Worker = new TagMatch { None = ["us"] } }));
        _rules.For(Shape(tenant: "x")).Routes.ShouldNotBeSameAs(routes);
    }

    [Fact]
    public void A_route_prohibits_on_the_workers_it_names()
    {
        _rules.Put("eu-only", new RouteRule(new RuleMatch { Job = new JobMatch { AllTags = ["eu"] }, Worker = new TagMatch { None = ["eu"] } }));
        _rules.For(Shape(tags: ["eu"])).Routes.Prohibits(["us"]).ShouldBeTrue();
        _rules.For(Shape(tags: ["eu"])).Routes.Prohibits(["eu"]).ShouldBeFalse();
        _rules.For(Shape()).Routes.Prohibits(["us"]).ShouldBeFalse();
    }

    [Fact]
    public void A_job_without_a_value_for_the_key_is_not_limited()
    {
        _rules.Put("shop", Limit(new LimitKeyPart(LimitKeySource.Args, "shop.id")));
        _rules.PathsFor(Shape()).ShouldBe(["shop.id"]);
        _rules.For(Shape().WithArgs([new ArgValue("shop.id", null)])).Limits.ShouldBeEmpty();
        _rules.For(Shape().WithArgs([new ArgValue("shop.id", "7")])).Limits.ShouldBe([new LaneLimit("shop", "7", (int)LimitKeySource.Args)]);
    }

    [Fact]
    public void Keys_of_several_parts_do_not_run_into_each_other()
    {
        _rules.Put("l", Limit(new LimitKeyPart(LimitKeySource.Tenant), new LimitKeyPart(LimitKeySource.Type)));
        Key(Shape(type: "b|c", tenant: "a")).ShouldNotBe(Key(Shape(type: "c", tenant: "a|b")));
        Key(Shape(type: "c", tenant: @"a\")).ShouldNotBe(Key(Shape(type: "|c", tenant: "a")));
        string Key(LaneShape shape) => _rules.For(shape).Limits[0].Key;
    }

    [Fact]
    public void A_key_from_a_tag_takes_the_first_that_begins_so()
    {
        _rules.Put("l", Limit(new LimitKeyPart(LimitKeySource.Tag, "region-")));
        _rules.For(Shape(tags: ["a", "region-eu", "region-us"])).Limits[0].Key.ShouldBe("region-eu");
        _rules.For(Shape(tags: ["a"])).Limits.ShouldBeEmpty();
    }

    [Fact]
    public void Limits_for_workers_do_not_hold_jobs_back()
    {
        _rules.Put("api", Limit() with { Use = LimitUse.Worker });
        _rules.For(Shape()).Limits.ShouldBeEmpty();
        _rules.Put("api", Limit());
        _rules.For(Shape()).Limits.Length.ShouldBe(1);
        _rules.Put("api", Limit() with { Use = LimitUse.Worker });
        _rules.For(Shape()).Limits.ShouldBeEmpty();
    }

    [Fact]
    public void Only_paths_of_rules_that_may_meet_the_job_are_looked_at()
    {
        _rules.Put("p", new PauseRule(new RuleMatch { Job = new JobMatch { Types = ["other"] }, Args = [new ArgMatch("x", "1")] }));
        _rules.LooksAtArgs.ShouldBeTrue();
        _rules.PathsFor(Shape()).ShouldBeEmpty();
        _rules.PathsFor(Shape(type: "other")).ShouldBe(["x"]);
        _rules.For(Shape(type: "other").WithArgs([new ArgValue("x", "1")])).Pauses.ShouldBe(["p"]);
        _rules.Remove(ResourceKind.Pause, "p");
        _rules.LooksAtArgs.ShouldBeFalse();
    }

    private static LimitRule Limit(params LimitKeyPart[] key) => new(RuleMatch.Any, new LimitSpec(LimitKind.Concurrency, 1)) { Key = key };

    private static LaneShape Shape(string type = "t", string tenant = "acme", string[]? tags = null) => new(type, tenant, "default", tags ?? [], 1, 0, null);
}
