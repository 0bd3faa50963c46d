using System.Text.Json;
using Worcr.Grains.Simulation;
using Worcr.Protocol;
using Worcr.SiloHost.Commands.Simulate;
using Worcr.SiloHost.Simulate;

namespace Worcr.Unit.Simulate;

/// <summary>Predictions that can be worked out by hand, and that equal scenarios end equally.</summary>
public sealed class SimulatorTests
{
    [Fact]
    public void Ten_slots_run_a_thousand_seconds_in_a_hundred()
    {
        var answer = Simulate("""{"jobs": [{"type": "a", "count": 1000, "runTime": "1s"}], "workers": [{"slots": 10}]}""");
        answer.Simulated.ShouldBe(new Duration(100_000));
        answer.Jobs.ShouldBe(new SimulatedCounts(1_000, 1_000, 1_000, 0, 0));
        answer.Latency.ShouldBe(new SimulatedLatency(49_500, 49_000, 94_000, 98_000, 99_000));
        answer.Utilisation.All.ShouldBe(1, 1e-9);
        answer.Fairness.Index.ShouldBe(1);
        (answer.Truncated, answer.Scale, answer.Waiting.Count).ShouldBe((false, 1, 0));
    }

    [Fact]
    public void Shares_of_one_and_three_get_one_and_three()
    {
        var answer = Simulate("""
            {"jobs": [{"type": "a", "tenant": "small", "count": 4000, "runTime": "1s"}, {"type": "a", "tenant": "large", "count": 4000, "runTime": "1s"}],
             "workers": [{"slots": 8}], "rules": {"tenants": {"large": {"share": 3}}}, "horizon": "400s"}
            """);
        var (small, large) = (answer.Tenants.Single(t => t.Name == "small"), answer.Tenants.Single(t => t.Name == "large"));
        ((double)large.Jobs.Started / small.Jobs.Started).ShouldBe(3, 0.05);
        (large.Share, small.Share).ShouldBe((3, 1));
        large.Fair!.Value.ShouldBe(1, 0.02);
        answer.Fairness.Index.ShouldBeGreaterThan(0.999);
        answer.Simulated.ShouldBe(new Duration(400_000));
        answer.Waiting.Sum(w => w.Jobs).ShouldBe(8_000 - answer.Jobs.Started);
        answer.Waiting[0].Reasons[0].Code.ShouldBe("workers-busy");
    }

    [Fact]
    public void First_in_first_out_is_less_fair()
    {
        const string Jobs = """{"jobs": [{"type": "a", "tenant": "x", "count": 900, "runTime": "1s"}, {"type": "a", "tenant": "y", "count": 100, "runTime": "1s"}], "workers": [{"slots": 1}]""";
        var fair = Simulate(Jobs + "}");
        var fifo = Simulate(Jobs + """, "rules": {"settings": {"fairness": "fifo"}}}""");
        fair.Fairness.Index.ShouldBeGreaterThan(0.999);
        fifo.Fairness.Index.ShouldBeLessThan(0.8);
        fair.Tenants.Single(t => t.Name == "y").Latency.P95.ShouldBeLessThan(250_000);
        fifo.Tenants.Single(t => t.Name == "y").Latency.P50.ShouldBeGreaterThan(900_000);
    }

    [Fact]
    public void Who_takes_free_slots_beside_jobs_that_a_limit_holds_takes_them_from_nobody()
    {
        var answer = Simulate("""
            {"jobs": [{"type": "a", "tenant": "big", "count": 1000, "runTime": "100ms"}, {"type": "b", "tenant": "small", "count": 100, "rate": 10, "runTime": "50ms"}],
             "workers": [{"slots": 10}], "rules": {"limits": {"l": {"match": {"types": ["a"]}, "kind": "concurrency", "limit": 5}}}}
            """);
        answer.Tenants.Single(t => t.Name == "small").Latency.Max.ShouldBe(0);
        answer.Fairness.Index.ShouldBeGreaterThan(0.99);
        answer.Tenants.ShouldAllBe(t => t.Fair == null || t.Fair > 0.9);
    }

    [Fact]
    public void A_limit_of_five_keeps_half_of_ten_slots_idle()
    {
        var answer = Simulate("""
            {"jobs": [{"type": "a", "count": 100, "runTime": "1s"}], "workers": [{"slots": 10}], "rules": {"limits": {"l": {"kind": "concurrency", "limit": 5}}}}
            """);
        answer.Simulated.ShouldBe(new Duration(20_000));
        answer.Utilisation.All.ShouldBe(0.5, 1e-9);
    }

    [Fact]
    public void A_rate_limit_spreads_starts()
    {
        var answer = Simulate("""
            {"jobs": [{"type": "a", "count": 100, "runTime": "10ms"}], "workers": [{"slots": 10}], "rules": {"limits": {"l": {"kind": "fixedWindow", "limit": 10, "period": "1m"}}}}
            """);
        answer.Latency.Max.ShouldBe(540_000);
    }

    [Theory]
    [InlineData(1, 0.5, 0.9)]
    [InlineData(100, 0.99, 1)]
    public void Weight_decides_who_keeps_to_its_objective(double weight, double least, double most)
    {
        var answer = Simulate($$"""
            {"jobs": [{"type": "bulk", "tenant": "t", "count": 1000, "runTime": "1s"},
                      {"type": "mail", "tenant": "t", "count": 100, "runTime": "1s", "slo": "12s", "weight": {{weight}}}],
             "workers": [{"slots": 10}]}
            """);
        answer.Types.Single(t => t.Name == "mail").Slo.Attainment.ShouldBeInRange(least, most);
        answer.Types.Single(t => t.Name == "bulk").Slo.Jobs.ShouldBe(0);
    }

    [Fact]
    public void Jobs_come_at_their_rate_and_the_queue_is_short()
    {
        var answer = Simulate("""
            {"jobs": [{"type": "a", "count": 10000, "rate": 8, "start": "10s", "runTime": {"mean": "1s", "distribution": "exponential"}}], "workers": [{"slots": 10}]}
            """);
        answer.Utilisation.All.ShouldBe(0.8, 0.03);
        answer.Simulated.Milliseconds.ShouldBeInRange(1_258_000, 1_290_000);
        answer.Latency.P50.ShouldBeLessThan(200);
    }

    [Fact]
    public void Failures_are_retried_and_may_die()
    {
        var answer = Simulate("""
            {"jobs": [{"type": "a", "count": 1000, "runTime": "100ms", "failRate": 0.5}], "workers": [{"slots": 50}],
             "rules": {"types": {"a": {"retry": {"maxAttempts": 3, "base": "1s"}}}}}
            """);
        answer.Jobs.Started.ShouldBe(1_000);
        answer.Jobs.Ended.ShouldBeInRange(90, 160);
        answer.Jobs.Succeeded.ShouldBe(1_000 - answer.Jobs.Ended);
    }

    [Fact]
    public void Tags_routes_and_orders_are_those_of_the_dispatcher()
    {
        var answer = Simulate("""
            {"jobs": [{"type": "a", "tags": ["premium"], "count": 10, "runTime": "1s"}, {"type": "b", "count": 10, "runTime": "1s", "orderKey": "k"}],
             "workers": [{"slots": 10, "tags": ["shared"]}],
             "rules": {"routes": {"r": {"match": {"job": {"all": ["premium"]}, "worker": {"any": ["shared"]}}, "effect": "prohibit"}}}, "horizon": "1h"}
            """);
        answer.Types.Single(t => t.Name == "b").Latency.Max.ShouldBe(9_000);
        answer.Types.Single(t => t.Name == "a").Jobs.Started.ShouldBe(0);
        answer.Waiting.ShouldHaveSingleItem().ShouldSatisfyAllConditions(w => w.Jobs.ShouldBe(10), w => w.Reasons[0].Code.ShouldBe("prohibited"));
    }

    [Fact]
    public void Shed_rules_turn_away_and_discard()
    {
        var answer = Simulate("""
            {"jobs": [{"type": "a", "count": 500, "rate": 100, "runTime": "1s"}, {"type": "b", "count": 500, "rate": 100, "runTime": "1s"}], "workers": [{"slots": 1}],
             "rules": {"sheds": {"a": {"match": {"types": ["a"]}, "when": {"backlog": 50}, "action": "reject"}, "b": {"match": {"types": ["b"]}, "when": {"backlog": 50}, "action": "discard"}}}}
            """);
        answer.Types.Single(t => t.Name == "a").Jobs.Refused.ShouldBeInRange(440, 450);
        answer.Types.Single(t => t.Name == "b").Jobs.Ended.ShouldBeInRange(440, 450);
        answer.Jobs.Came.ShouldBe(1_000);
    }

    [Fact]
    public void Equal_seeds_end_equally_and_others_do_not()
    {
        const string Scenario = """{"jobs": [{"type": "a", "count": 2000, "runTime": {"mean": "1s", "deviation": "400ms"}, "failRate": 0.1}], "workers": [{"slots": 7}], "seed": """;
        var first = Text(Simulate(Scenario + "1}"));
        Text(Simulate(Scenario + "1}")).ShouldBe(first);
        Text(Simulate(Scenario + "2}")).ShouldNotBe(first);
    }

    [Fact]
    public void A_backlog_beyond_the_windows_of_memory_is_worked_off()
    {
        var answer = Simulate("""
            {"jobs": [{"type": "a", "tenant": "x", "count": 100000, "runTime": "1s"}, {"type": "a", "tenant": "y", "count": 100000, "runTime": "1s"}], "workers": [{"slots": 1000, "count": 2}]}
            """);
        answer.Simulated.ShouldBe(new Duration(100_000));
        answer.Jobs.Succeeded.ShouldBe(200_000);
    }

    [Fact]
    public void What_takes_too_long_is_broken_off_and_says_so()
    {
        var scenario = ScenarioOf("""{"jobs": [{"type": "a", "count": 1000, "runTime": "1s"}], "workers": [{"slots": 1}]}""");
        var turns = 0;
        var result = new Simulator(scenario.Plan).Run(() => ++turns > 100);
        result.IsTruncated.ShouldBeTrue();
        result.All.Started.ShouldBeInRange(1, 999);
    }

    private static SimulationAnswer Simulate(string json)
    {
        var scenario = ScenarioOf(json);
        return SimulationDocuments.From(new Simulator(scenario.Plan).Run(() => false), scenario.Scale);
    }

    private static Scenario ScenarioOf(string json)
    {
        var scenario = new Scenario(ScenarioFile.Parse(json, "test"), SimulatedTime.Start);
        scenario.Read().ShouldBeNull();
        return scenario;
    }

    private static string Text(SimulationAnswer answer) => JsonSerializer.Serialize(answer, ProtocolJson.Default.SimulationAnswer);
}
