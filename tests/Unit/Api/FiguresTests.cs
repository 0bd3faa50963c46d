namespace Worcr.Unit.Api;

/// <summary>What operators read: stats, queues, violations, metrics.</summary>
public sealed class FiguresTests : ApiHost
{
    [Fact]
    public async Task Stats_show_objectives_rates_fairness_and_limits()
    {
        var stats = await JsonAsync(await GetAsync("/v1/stats"));
        stats.GetProperty("fairness").GetDouble().ShouldBe(1);
        stats.GetProperty("throughput").GetProperty("started").GetDouble().ShouldBe(2);
        var limit = stats.GetProperty("limits")[0];
        (limit.GetProperty("limit").GetString(), limit.GetProperty("key").GetString(), limit.GetProperty("used").GetInt64(), limit.GetProperty("most").GetInt64()).ShouldBe(("api", "shop-1", 3, 10));
        var slo = stats.GetProperty("slo").GetProperty("types").GetProperty("mail");
        slo.GetProperty("alert").GetString().ShouldBe("page");
        slo.GetProperty("missInMs").GetInt64().ShouldBe(240_000);
        slo.GetProperty("attainment").TryGetProperty("5m", out _).ShouldBeFalse("nothing started then");
        slo.GetProperty("attainment").GetProperty("1h").GetDouble().ShouldBe(0.25);
        slo.GetProperty("burnRate").GetProperty("1h").GetDouble().ShouldBe(7.5, 1e-9);
        (slo.GetProperty("met").GetInt64(), slo.GetProperty("missed").GetInt64()).ShouldBe((2, 3));
        stats.GetProperty("slo").GetProperty("tenants").GetProperty("acme").TryGetProperty("missInMs", out _).ShouldBeFalse();
    }

    [Fact]
    public async Task Stats_show_endpoints()
    {
        var endpoint = (await JsonAsync(await GetAsync("/v1/stats"))).GetProperty("endpoints")[0];
        endpoint.GetRawText().ShouldBe("""{"name":"mailer","state":"resting","slots":10,"inFlight":2,"delivered":6,"failed":5,"rests":4}""");
    }

    [Fact]
    public async Task Queues_show_their_state()
    {
        var queues = await JsonAsync(await GetAsync("/v1/queues?prefix=def"));
        var queue = queues.GetProperty("items")[0];
        (queue.GetProperty("name").GetString(), queue.GetProperty("state").GetString(), queue.GetProperty("running").GetInt64()).ShouldBe(("default", "pausing", 2));
        (await JsonAsync(await GetAsync("/v1/queues?prefix=x"))).GetProperty("items").GetArrayLength().ShouldBe(0);
    }

    [Fact]
    public async Task Violations_are_listed_and_counted()
    {
        var list = await JsonAsync(await GetAsync("/v1/violations?type=mail&limit=5"));
        var one = list.GetProperty("items")[0];
        (one.GetProperty("kind").GetString(), one.GetProperty("action").GetString(), one.GetProperty("yieldMs").GetInt64()).ShouldBe(("maxRunTime", "interrupt", 500));
        list.GetProperty("types").GetProperty("mail").GetInt64().ShouldBe(3);
        Dispatcher.Only<Worcr.Grains.ViolationsRequest>().ShouldBe(new Worcr.Grains.ViolationsRequest("mail", 5));
        await ShouldFailAsync(await GetAsync("/v1/violations?limit=0"), 400, "invalid_parameter", "limit");
    }

    [Fact]
    public async Task Metrics_have_them_too()
    {
        var text = await (await GetAsync("/metrics")).Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        text.ShouldContain("worcr_slo_attainment{namespace=\"default\",type=\"mail\",window=\"1h\"} 0.25\n");
        text.ShouldContain("worcr_slo_burn_rate{namespace=\"default\",tenant=\"acme\",window=\"30m\"} 7.5");
        text.ShouldContain("worcr_slo_alert{namespace=\"default\",type=\"mail\"} 2\n");
        text.ShouldContain("worcr_fairness_index{namespace=\"default\"} 1\n");
        text.ShouldContain("worcr_limit_used_ratio{namespace=\"default\",limit=\"api\",key=\"shop-1\"} 0.3\n");
        text.ShouldContain("worcr_endpoint_state{namespace=\"default\",endpoint=\"mailer\",state=\"resting\"} 1\n");
        text.ShouldContain("worcr_endpoint_state{namespace=\"default\",endpoint=\"mailer\",state=\"open\"} 0\n");
        text.ShouldContain("worcr_endpoint_slots{namespace=\"default\",endpoint=\"mailer\"} 10\n");
        text.ShouldContain("worcr_endpoint_in_flight{namespace=\"default\",endpoint=\"mailer\"} 2\n");
        text.ShouldContain("worcr_endpoint_rests_total{namespace=\"default\",endpoint=\"mailer\"} 4\n");
        text.ShouldContain("worcr_endpoint_answers_total{namespace=\"default\",endpoint=\"mailer\",outcome=\"timeout\"} 3\n");
        text.ShouldContain("worcr_violations_total{namespace=\"default\",type=\"mail\",kind=\"maxRunTime\"} 3\n");
    }
}
