using System.Net;
using System.Text.Json.Nodes;
using Worcr.Core.Rules;
using Worcr.Grains;
using Worcr.Unit.Api;

namespace Worcr.Unit.Simulate;

/// <summary><c>POST /v1/simulate</c></summary>
public sealed class SimulationApiTests : ApiHost
{
    private const string Scenario = """{"jobs": [{"type": "a", "tenant": "t", "count": 100, "runTime": "1s", "slo": "5s", "args": {"n": 1}}], "workers": [{"slots": 10}]}""";

    [Fact]
    public async Task A_scenario_is_answered_as_the_document_says()
    {
        var answer = await PostAsync("/v1/simulate", Scenario);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        var body = await JsonAsync(answer);
        body.GetProperty("simulated").GetString().ShouldBe("10s");
        body.GetProperty("latency").GetProperty("p99").GetInt64().ShouldBe(9_000);
        body.GetProperty("slo").GetProperty("attainment").GetDouble().ShouldBe(0.6);
        body.GetProperty("utilisation").GetProperty("all").GetDouble().ShouldBe(1);
        body.GetProperty("fairness").GetProperty("index").GetDouble().ShouldBe(1);
        var schema = new SchemaCheck(JsonNode.Parse((await JsonAsync(await GetAsync("/openapi/v1.json"))).ToString())!);
        schema.Check("#/paths/~1v1~1simulate/post/requestBody/content/application~1json/schema", JsonNode.Parse(Scenario));
        schema.Check("#/paths/~1v1~1simulate/post/responses/200/content/application~1json/schema", JsonNode.Parse(body.ToString()));
        Dispatcher.Asked.ShouldBeEmpty();
    }

    [Fact]
    public async Task The_backlog_comes_with_its_rules_and_run_times()
    {
        var shape = new LaneShape("a", "t", "default", [], 1, 0, null, [new ArgValue("shop.id", "7")]);
        Dispatcher.OnExplain = _ => new ExplainReply(null, null, [new LaneExplanation(shape, 100, 0, 0, 1, [], [])]);
        Dispatcher.OnStats = () => Samples.Stats() with { RunTimes = new Dictionary<string, double> { ["a"] = 500 } };
        var perShop = new LimitRule(RuleMatch.Any, new Worcr.Core.Limits.LimitSpec(Worcr.Core.Limits.LimitKind.Concurrency, 5)) { Key = [new LimitKeyPart(LimitKeySource.Args, "shop.id")] };
        Dispatcher.OnResources = r => new ResourceReply(r is ResourceRequest.Read { Kind: ResourceKind.Limit } ? [new ResourceView("perShop", perShop, ResourceFigures.None)] : []);
        var body = await JsonAsync(await PostAsync("/v1/simulate", """{"backlog": "current", "workers": [{"slots": 10}]}"""));
        body.GetProperty("simulated").GetString().ShouldBe("10s");
        body = await JsonAsync(await PostAsync("/v1/simulate", """{"backlog": "current", "workers": [{"slots": 10}], "runTimes": {"a": "1s"}, "rules": {"limits": {"perShop": {"kind": "concurrency", "limit": 10}}}}"""));
        body.GetProperty("simulated").GetString().ShouldBe("10s");
        body.GetProperty("utilisation").GetProperty("all").GetDouble().ShouldBe(1);
    }

    [Fact]
    public async Task What_waits_already_is_not_shed_and_what_comes_is()
    {
        var shape = new LaneShape("a", "t", "default", [], 1, 0, null);
        Dispatcher.OnExplain = _ => new ExplainReply(null, null, [new LaneExplanation(shape, 3_000, 0, 0, 1, [], [])]);
        var body = await JsonAsync(await PostAsync("/v1/simulate", """
            {"backlog": "current", "jobs": [{"type": "a", "count": 10, "runTime": "1s"}], "workers": [{"slots": 10}], "runTimes": {"*": "1s"},
             "rules": {"sheds": {"s": {"match": {}, "when": {"backlog": 100}, "action": "reject"}}}}
            """));
        body.GetProperty("jobs").ToString().ShouldBe("""{"came":3010,"started":3000,"succeeded":3000,"ended":0,"refused":10}""");
    }

    [Fact]
    public async Task A_backlog_that_is_too_long_is_scaled_and_one_that_never_ran_is_asked_for()
    {
        var shape = new LaneShape("a", "t", "default", [], 1, 0, null);
        Dispatcher.OnExplain = _ => new ExplainReply(null, null, [new LaneExplanation(shape, 4_000_000, 0, 0, 1, [], [])]);
        await ShouldFailAsync(await PostAsync("/v1/simulate", """{"backlog": "current", "workers": [{"slots": 10}]}"""), 400, "invalid_field", "runTimes");
        var body = await JsonAsync(await PostAsync("/v1/simulate", """{"backlog": "current", "workers": [{"slots": 10}], "runTimes": {"*": "1s"}, "horizon": "1h"}"""));
        body.GetProperty("scale").GetDouble().ShouldBe(4, 0.01);
        body.GetProperty("jobs").GetProperty("succeeded").GetInt32().ShouldBeInRange(8_980, 9_020);
    }

    [Theory]
    [InlineData("""{"workers": [{"slots": 1}]}""", "jobs")]
    [InlineData("""{"jobs": [{"type": "a", "count": 1, "runTime": "1s"}]}""", "workers")]
    [InlineData("""{"backlog": "old", "workers": []}""", "backlog")]
    [InlineData("""{"jobs": [{"type": "a", "runTime": "1s"}], "workers": []}""", "jobs[0].count")]
    [InlineData("""{"jobs": [{"type": "", "count": 1, "runTime": "1s"}], "workers": []}""", "jobs[0].type")]
    [InlineData("""{"jobs": [{"type": "a", "count": 0, "runTime": "1s"}], "workers": []}""", "jobs[0].count")]
    [InlineData("""{"jobs": [{"type": "a", "count": 1000000, "runTime": "1s"}, {"type": "a", "count": 1, "runTime": "1s"}], "workers": []}""", "jobs[1].count")]
    [InlineData("""{"jobs": [{"type": "a", "count": 1, "runTime": 5}], "workers": []}""", "jobs[0].runTime")]
    [InlineData("""{"jobs": [{"type": "a", "count": 1, "runTime": {"deviation": "1s"}}], "workers": []}""", "jobs[0].runTime.mean")]
    [InlineData("""{"jobs": [{"type": "a", "count": 1, "runTime": {"mean": "1s", "distribution": "odd"}}], "workers": []}""", "jobs[0].runTime.distribution")]
    [InlineData("""{"jobs": [{"type": "a", "count": 1, "runTime": "1s", "rate": 0}], "workers": []}""", "jobs[0].rate")]
    [InlineData("""{"jobs": [{"type": "a", "count": 1, "runTime": "1s", "failRate": 2}], "workers": []}""", "jobs[0].failRate")]
    [InlineData("""{"jobs": [null], "workers": []}""", "jobs[0]")]
    [InlineData("""{"jobs": [{"type": "a", "count": 1, "runTime": "1s"}], "workers": [{"slots": 0}]}""", "workers[0].slots")]
    [InlineData("""{"jobs": [{"type": "a", "count": 1, "runTime": "1s"}], "workers": [], "horizon": "0s"}""", "horizon")]
    [InlineData("""{"jobs": [{"type": "a", "count": 1, "runTime": "1s"}], "workers": [], "rules": {"limits": {"l": {"kind": "odd", "limit": 1}}}}""", "rules.limits.l.kind")]
    [InlineData("""{"jobs": [{"type": "a", "count": 1, "runTime": "1s"}], "workers": [], "rules": {"settings": {"fairness": "odd"}}}""", "rules.settings.fairness")]
    public async Task A_bad_field_is_named(string body, string field) => await ShouldFailAsync(await PostAsync("/v1/simulate", body), 400, "invalid_field", field);

    [Fact]
    public async Task An_unknown_field_is_named() =>
        await ShouldFailAsync(await PostAsync("/v1/simulate", """{"jobs": [{"type": "a", "count": 1, "runTime": {"mean": "1s", "max": "2s"}}], "workers": []}"""), 400, "unknown_field", "jobs[0].runTime.max");
}
