using System.Net;

namespace Worcr.Unit.Api;

public sealed class RouteTests : ApiHost
{
    [Fact]
    public async Task A_namespace_has_its_own_dispatcher()
    {
        await PostAsync("/v1/ns/team-a/jobs", """{"type":"a"}""");
        Dispatchers.Of("team-a").Asked.Count.ShouldBe(1);
        Dispatcher.Asked.ShouldBeEmpty();
        (await GetAsync("/v1/ns/0/stats")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("GET", "stats")]
    [InlineData("GET", "jobs")]
    [InlineData("GET", "jobs/0190d3f0-5a2b-7c3d-8e4f-5a6b7c8d9e0f")]
    [InlineData("GET", "weights")]
    [InlineData("GET", "settings")]
    [InlineData("DELETE", "tenants/acme")]
    [InlineData("PUT", "tenants/acme?dryRun=true")]
    [InlineData("POST", "schedules/nightly/run")]
    public async Task A_namespace_that_is_not_there_is_not_made_by_looking(string method, string path)
    {
        Dispatchers.KnowsAll = false;
        using var request = new HttpRequestMessage(new HttpMethod(method), "/v1/ns/team-a/" + path);
        if (method == "PUT") request.Content = new StringContent("{}", System.Text.Encoding.UTF8, "application/json");
        await ShouldFailAsync(await Http.SendAsync(request, TestContext.Current.CancellationToken), 404, "not_found", "namespace");
        Dispatchers.Names.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_namespace_is_made_by_writing()
    {
        Dispatchers.KnowsAll = false;
        (await PostAsync("/v1/ns/team-a/jobs", "{\"type\":\"a\"}")).StatusCode.ShouldBe(HttpStatusCode.Created);
        (await GetAsync("/v1/ns/team-a/stats")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task One_namespace_too_many_is_refused()
    {
        Dispatchers.IsFull = true;
        var answer = await PostAsync("/v1/ns/team-a/jobs", "{\"type\":\"a\"}");
        await ShouldFailAsync(answer, 429, "overloaded", "namespace");
        answer.Headers.RetryAfter.ShouldNotBeNull();
    }

    [Theory]
    [InlineData("Team")]
    [InlineData("-a")]
    [InlineData("a-")]
    [InlineData("a.b")]
    [InlineData("a%2Fb")]
    [InlineData("%C3%A9")]
    [InlineData("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")]
    public async Task A_name_that_is_none_reaches_nobody(string name)
    {
        await ShouldFailAsync(await PostAsync($"/v1/ns/{name}/jobs", """{"type":"a"}"""), 400, "invalid_parameter", "namespace");
        await ShouldFailAsync(await GetAsync($"/v1/ns/{name}/stats"), 400, "invalid_parameter", "namespace");
        Dispatchers.Names.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("/v1/webhooks")]
    [InlineData("/v1/functions/price")]
    [InlineData("/v1/jobs/0190d3f0-5a2b-7c3d-8e4f-5a6b7c8d9e0f/history")]
    [InlineData("/v2/jobs")]
    [InlineData("/nothing.html")]
    public async Task What_is_not_there_is_a_404_that_says_so(string path) => await ShouldFailAsync(await GetAsync(path), 404, "no_such_route");

    [Fact]
    public async Task A_wrong_method_is_a_405()
    {
        using var request = new HttpRequestMessage(HttpMethod.Patch, "/v1/jobs");
        var answer = await Http.SendAsync(request, TestContext.Current.CancellationToken);
        await ShouldFailAsync(answer, 405, "method_not_allowed");
        answer.Content.Headers.Allow.ShouldBe(["GET", "POST"], ignoreOrder: true);
    }

    [Fact]
    public async Task Workers_and_stats_are_shown()
    {
        var stats = await JsonAsync(await GetAsync("/v1/stats"));
        stats.GetProperty("jobs").GetProperty("ready").GetInt64().ShouldBe(3);
        stats.GetProperty("tenants")[0].GetProperty("name").GetString().ShouldBe("acme");
        stats.GetProperty("workers").ToString().ShouldBe("""{"sessions":1,"slots":10,"held":2}""");
        stats.GetProperty("latency").GetProperty("p95").GetDouble().ShouldBe(2);
        var worker = (await JsonAsync(await GetAsync("/v1/workers"))).GetProperty("workers")[0];
        worker.GetProperty("worker").GetString().ShouldBe("w1");
        worker.GetProperty("since").GetString().ShouldBe("2026-05-28T20:26:40.000Z");
    }

    [Fact]
    public async Task Every_answer_forbids_sniffing()
    {
        foreach (var path in (string[])["/v1/stats", "/v1/nothing", "/healthz"])
            (await GetAsync(path)).Headers.GetValues("X-Content-Type-Options").ShouldBe(["nosniff"]);
    }
}
