using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Worcr.SiloHost.Hosting;
using Worcr.Unit.Api;

namespace Worcr.Unit.Hosting;

public sealed partial class OperationsTests : ApiHost
{
    private readonly FakeCheck _check = new();

    protected override void Add(IServiceCollection services) => services.AddSingleton<IReadinessCheck>(_check);

    [Fact]
    public async Task Readiness_asks_the_dispatcher_and_every_check()
    {
        (await GetAsync("/readyz")).EnsureSuccessStatusCode();
        _check.Problem = "away";
        await ShouldFailAsync(await GetAsync("/readyz"), 503, "unavailable");
        _check.Problem = null;
        Dispatchers.Away = true;
        await ShouldFailAsync(await GetAsync("/readyz"), 503, "unavailable");
        (await GetAsync("/healthz")).EnsureSuccessStatusCode();
    }

    [Fact]
    public async Task Metrics_are_prometheus_text()
    {
        await PostAsync("/v1/jobs", """[{"type":"a"},{"type":"b"}]""");
        await GetAsync("/v1/nothing");
        var answer = await GetAsync("/metrics");
        answer.Content.Headers.ContentType!.ToString().ShouldBe("text/plain; version=0.0.4; charset=utf-8");
        var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        text.ShouldContain("worcr_up{namespace=\"default\"} 1\n");
        text.ShouldContain("worcr_jobs{namespace=\"default\",state=\"ready\"} 3\n");
        text.ShouldContain("worcr_jobs_enqueued_total{namespace=\"default\"} 10\n");
        text.ShouldContain("type=\"say \\\"hi\\\"\\n\"");
        text.ShouldContain("worcr_start_latency_seconds{namespace=\"default\",quantile=\"0.99\"} 0.003\n");
        text.ShouldContain("worcr_load{namespace=\"default\"} 0.5\n");
        text.ShouldContain("worcr_api_problems_total{code=\"no_such_route\"}");
        text.ShouldContain("# TYPE worcr_api_enqueued_total counter\n");
        text.ShouldContain("process_cpu_seconds_total ");
        foreach (var line in text.Split('\n', StringSplitOptions.RemoveEmptyEntries)) Line().IsMatch(line).ShouldBeTrue(line);
        var types = text.Split('\n').Where(l => l.StartsWith("# TYPE", StringComparison.Ordinal)).ToList();
        types.Distinct().Count().ShouldBe(types.Count);
    }

    [Fact]
    public async Task Metrics_outlive_the_dispatcher()
    {
        Dispatchers.Away = true;
        var answer = await GetAsync("/metrics?namespace=team-a");
        (await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldContain("worcr_up{namespace=\"team-a\"} 0\n");
        await ShouldFailAsync(await GetAsync("/metrics?namespace=Team"), 400, "invalid_parameter", "namespace");
    }

    [GeneratedRegex("""^(# (HELP|TYPE) [a-z_]+ .+|[a-z_]+(\{[a-z]+="([^"\\]|\\.)*"(,[a-z]+="([^"\\]|\\.)*")*\})? [-+0-9.eEInfNa]+)$""", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Line();

    private sealed class FakeCheck : IReadinessCheck
    {
        public string Name => "store";

        public string? Problem { get; set; }

        public Task<string?> CheckAsync(CancellationToken cancel) => Task.FromResult(Problem);
    }
}
