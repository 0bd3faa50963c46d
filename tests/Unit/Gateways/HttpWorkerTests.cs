using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Worcr.Grains;

namespace Worcr.Unit.Gateways;

/// <summary>The HTTP worker calls: curl is a worker.</summary>
public sealed class HttpWorkerTests
{
    [Fact]
    public async Task A_job_is_leased_noted_and_reported()
    {
        await using var host = await GatewayHost.StartAsync();
        host.Dispatcher.Add(2);
        var leased = await PostAsync(host, "/v1/worker/lease", """{"worker":"w1","types":["*"],"tags":[],"max":10,"wait":"20s"}""");
        leased.Status.ShouldBe(HttpStatusCode.OK);
        leased.Body["jobs"]!.AsArray().Count.ShouldBe(2);
        var lease = (string)leased.Body["jobs"]![0]!["lease"]!;
        foreach (var (call, body) in new[] { ("extend", ""), ("checkpoint", ""","name":"at","value":[1]"""), ("progress", ""","name":"rows","done":1,"total":2"""), ("log", ""","line":"hello" """) })
            (await PostAsync(host, "/v1/worker/" + call, $"{{\"lease\":\"{lease}\"{body}}}")).Body["result"]!.ToString().ShouldBe("ok");
        var reported = await PostAsync(host, "/v1/worker/report", $$"""{"reports":[{"lease":"{{lease}}","outcome":"complete","result":{"a":1} },{"lease":"{{lease}}","outcome":"complete"}]}""");
        reported.Body.ToJsonString().ShouldBe("""{"results":["ok","stale"]}""");
        host.Dispatcher.Reports[0].Result.ShouldBe("""{"a":1}"""u8.ToArray());
        host.Dispatcher.Notes.Count.ShouldBe(4);
    }

    [Theory]
    [InlineData("""{"lease":"1-1-00000000","outcome":"yield","until":"later"}""")]
    [InlineData("""{"lease":"1-1-00000000","outcome":"yield","until":7}""")]
    [InlineData("""{"lease":"1-1-00000000","until":"children","outcome":"complete"}""")]
    public async Task Only_a_yield_waits_and_for_children_only(string report)
    {
        await using var host = await GatewayHost.StartAsync();
        var refused = await PostAsync(host, "/v1/worker/report", $$"""{"reports":[{{report}}]}""");
        refused.Body.ToJsonString().ShouldContain("reports[0].until");
        await PostAsync(host, "/v1/worker/report", """{"reports":[{"lease":"1-1-00000000","outcome":"yield","until":"children"},{"lease":"1-1-00000000","outcome":"yield","until":null}]}""");
        host.Dispatcher.Reports.Select(r => r.UntilChildren).ShouldBe([true, false]);
    }

    [Fact]
    public async Task A_waiting_worker_gets_a_job_that_comes_later()
    {
        await using var host = await GatewayHost.StartAsync();
        var leasing = PostAsync(host, "/v1/ns/other/worker/lease", """{"worker":"w1","wait":"30s"}""");
        await host.Dispatcher.Changes.Until(() => host.Dispatcher.Pollers > 0, "the worker waits");
        host.Dispatcher.Add(1);
        (await leasing).Body["jobs"]!.AsArray().Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_worker_that_hangs_up_while_it_waits_costs_no_job()
    {
        await using var host = await GatewayHost.StartAsync();
        using (var hangUp = new CancellationTokenSource())
        {
            var leasing = host.Http.PostAsync("/v1/worker/lease", Json("""{"worker":"w1","wait":"30s"}"""), hangUp.Token);
            await host.Dispatcher.Changes.Until(() => host.Dispatcher.Pollers > 0, "the worker waits");
            host.Dispatcher.HoldLeases();
            host.Dispatcher.Add(1);
            await host.Dispatcher.Changes.Until(() => host.Dispatcher.Live == 1, "the job is leased");
            await hangUp.CancelAsync();
            await Should.ThrowAsync<OperationCanceledException>(leasing);
        }

        await host.Dispatcher.Changes.Until(() => host.Dispatcher.HungUp, "the gateway hears that the worker is gone");
        host.Dispatcher.ReleaseLeases();
        await host.Dispatcher.Changes.Until(() => host.Dispatcher is { Yielded: 1, Waiting: 1 }, "the undeliverable job is given back");
    }

    [Theory]
    [InlineData("lease", """{"worker":""}""", 400, "invalid_field", "worker")]
    [InlineData("lease", """{"worker":"w","max":0}""", 400, "invalid_field", "max")]
    [InlineData("lease", """{"worker":"w","wait":"soon"}""", 400, "invalid_field", "wait")]
    [InlineData("lease", """{"worker":7}""", 400, "invalid_field", "worker")]
    [InlineData("lease", """{"worker":"w","typs":["a"]}""", 400, "unknown_field", "typs")]
    [InlineData("progress", """{"lease":"1-1-00000000","name":"n","done":1,"of":2}""", 400, "unknown_field", "of")]
    [InlineData("acquire", """{"lease":"1-1-00000000","limit":"l","keys":"x"}""", 400, "unknown_field", "keys")]
    [InlineData("lease", """{"worker":""", 400, "invalid_json", null)]
    [InlineData("lease", "", 400, "invalid_json", null)]
    [InlineData("report", """{"reports":[{"lease":"x"}]}""", 400, "invalid_field", "reports[0].lease")]
    [InlineData("report", """{"reports":[}""", 400, "invalid_json", null)]
    [InlineData("report", """{} {}""", 400, "invalid_json", null)]
    [InlineData("report", """{}""", 400, "invalid_field", "reports")]
    [InlineData("extend", """{"lease":"x"}""", 400, "invalid_field", "lease")]
    [InlineData("progress", """{"lease":"1-1-00000000","name":"n"}""", 400, "invalid_field", "done")]
    [InlineData("acquire", """{"lease":"x","limit":"l"}""", 400, "invalid_field", "lease")]
    [InlineData("acquire", """{"lease":"1-1-00000000"}""", 400, "invalid_field", "limit")]
    [InlineData("acquire", """{"lease":"1-1-00000000","limit":"l","n":0.5}""", 400, "invalid_field", "n")]
    [InlineData("acquire", """{"lease":"1-1-00000000","limit":"l","wait":"61s"}""", 400, "invalid_field", "wait")]
    [InlineData("acquire", """{"lease":"1-1-00000000","limit":7}""", 400, "invalid_field", "limit")]
    public async Task A_malformed_call_is_a_problem(string call, string body, int status, string code, string? field)
    {
        await using var host = await GatewayHost.StartAsync();
        var answer = await PostAsync(host, "/v1/worker/" + call, body);
        ((int)answer.Status).ShouldBe(status);
        ((string)answer.Body["code"]!).ShouldBe(code);
        ((string?)answer.Body["errors"]?[0]?["path"]).ShouldBe(field);
    }

    [Fact]
    public async Task A_body_beyond_four_mebibytes_is_too_large()
    {
        await using var host = await GatewayHost.StartAsync();
        (await PostAsync(host, "/v1/worker/report", new string(' ', (4 * 1024 * 1024) + 1))).Status.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
    }

    [Fact]
    public async Task Overload_says_when_to_come_back()
    {
        await using var host = await GatewayHost.StartAsync();
        host.Dispatcher.Refuses = new Refusal(RefusalKind.Overloaded, "At capacity.", RetryAfterMs: 2_500);
        using var answer = await host.Http.PostAsync("/v1/worker/lease", Json("""{"worker":"w"}"""), TestContext.Current.CancellationToken);
        ((int)answer.StatusCode).ShouldBe(429);
        answer.Headers.RetryAfter.ShouldBe(new RetryConditionHeaderValue(TimeSpan.FromSeconds(3)));
    }

    private static StringContent Json(string json) => new(json, Encoding.UTF8, "application/json");

    private static async Task<(HttpStatusCode Status, JsonNode Body)> PostAsync(GatewayHost host, string path, string json)
    {
        using var answer = await host.Http.PostAsync(path, Json(json));
        return (answer.StatusCode, JsonNode.Parse(await answer.Content.ReadAsStringAsync())!);
    }
}
