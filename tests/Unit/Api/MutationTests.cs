using System.Text;
using Worcr.Grains;
using Worcr.SiloHost.Api.Enqueue;

namespace Worcr.Unit.Api;

/// <summary>Whatever is sent: never a 500, never a part of a request.</summary>
public sealed class MutationTests : ApiHost
{
    [Theory]
    [InlineData(1)]
    [InlineData(20_261)]
    public void The_parser_answers_with_jobs_or_a_fault(int seed)
    {
        var (mutator, caches, good) = (new Mutator(seed), new ParseCaches(), 0);
        for (var i = 0; i < 20_000; i++)
        {
            var body = mutator.Next();
            var parsed = i % 2 == 0 ? BatchParser.Parse(body, caches, Clock.NowMs) : BatchParser.ParseLines(body, caches, Clock.NowMs);
            var told = $"seed {seed}, input {i}: {Encoding.Latin1.GetString(body)}";
            if (parsed.Fault is { } fault)
            {
                fault.Code.Status.ShouldBeInRange(400, 413, told);
                parsed.Jobs.ShouldBeEmpty(told);
                continue;
            }

            good++;
            parsed.Jobs.Count.ShouldBeGreaterThan(0, told);
            foreach (var job in parsed.Jobs) ShouldBeSound(job, told);
        }

        good.ShouldBeGreaterThan(100, "the mutations leave nothing whole: they test little");
    }

    [Fact]
    public async Task The_api_never_fails_and_never_takes_a_part()
    {
        var mutator = new Mutator(7);
        for (var i = 0; i < 1_500; i++)
        {
            var body = mutator.Next();
            var before = Dispatcher.Asked.Count;
            var answer = await PostAsync("/v1/jobs", body, i % 3 == 0 ? "application/x-ndjson" : "application/json");
            var status = (int)answer.StatusCode;
            var told = $"input {i}: {status} for {Encoding.Latin1.GetString(body)}";
            status.ShouldBeLessThan(500, told);
            (Dispatcher.Asked.Count - before).ShouldBe(status < 300 ? 1 : 0, told);
            if (status >= 300) answer.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json", told);
            else ShouldMatch(Dispatcher.Asked[^1], await JsonAsync(answer), told);
        }
    }

    [Theory]
    [InlineData("/v1/jobs/bulk", """{"action":"reweigh","match":{"types":["a"],"job":{"all":["x"],"none":[]}},"weight":2,"dryRun":true,"states":["ready"]}""")]
    [InlineData("/v1/tenants/acme", """{"name":"acme","share":2.5}""")]
    [InlineData("/v1/limits/n", """{"match":{"args":{"a.b":"x"},"worker":{"any":["g"]}},"kind":"tokenBucket","limit":5,"period":"1s","key":["tenant","args.a"],"adaptive":{"min":1,"max":9,"on":["429"]}}""")]
    [InlineData("/v1/schedules/n", """{"cron":"0 3 * * *","timeZone":"Europe/Berlin","job":{"type":"a","args":{"x":"\u00e9"},"retry":{"base":"1s"}},"missed":"all"}""")]
    [InlineData("/v1/pauses/n", """{"match":{"types":["a"],"tenants":["\u00e9"]},"expiresAt":"2026-12-01T00:00:00Z"}""")]
    public async Task Small_bodies_never_fail_either(string path, string seed)
    {
        var random = new Random(11);
        Dispatcher.OnResources = new FakeResources().Answer;
        for (var i = 0; i < 1_000; i++)
        {
            var body = Encoding.UTF8.GetBytes(seed);
            for (var n = random.Next(1, 4); n > 0; n--) body[random.Next(body.Length)] = (byte)random.Next(256);
            using var content = new ByteArrayContent(body);
            content.Headers.ContentType = new("application/json");
            using var request = new HttpRequestMessage(path.EndsWith("bulk", StringComparison.Ordinal) ? HttpMethod.Post : HttpMethod.Put, path) { Content = content };
            var answer = await Http.SendAsync(request, TestContext.Current.CancellationToken);
            ((int)answer.StatusCode).ShouldBeLessThan(500, $"input {i}: {Encoding.Latin1.GetString(body)}");
        }
    }

    private static void ShouldMatch(object asked, System.Text.Json.JsonElement answer, string told)
    {
        var jobs = ((EnqueueRequest)asked).Jobs.Count;
        (answer.ValueKind == System.Text.Json.JsonValueKind.Array ? answer.GetArrayLength() : 1).ShouldBe(jobs, told);
    }

    private static void ShouldBeSound(Job job, string told)
    {
        job.Shape.Type.Length.ShouldBeInRange(1, 255, told);
        job.Shape.Weight.ShouldBeInRange(1e-6, 1e6, told);
        job.Shape.Tags.SequenceEqual(job.Shape.Tags.Distinct().Order(StringComparer.Ordinal)).ShouldBeTrue(told);
        job.Args.ShouldNotBeNull(told);
        using var args = System.Text.Json.JsonDocument.Parse(job.Args);
        job.Options.TimeoutMs.ShouldBeGreaterThan(0, told);
        job.Options.Retry.CapMs.ShouldBeGreaterThanOrEqualTo(job.Options.Retry.BaseMs, told);
    }
}
