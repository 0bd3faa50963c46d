using Worcr.Grains;

namespace Worcr.Unit.Api;

public sealed class BadJobTests : ApiHost
{
    [Theory, MemberData(nameof(BadJobs.Bodies), MemberType = typeof(BadJobs))]
    public async Task A_bad_job_is_refused_with_its_path(string body, string code, string? path)
    {
        await ShouldFailAsync(await PostAsync("/v1/jobs", body), 400, code, path);
        Dispatcher.Asked.ShouldBeEmpty();
    }

    [Fact]
    public async Task One_bad_job_among_good_ones_lets_none_through()
    {
        await ShouldFailAsync(await PostAsync("/v1/jobs", """[{"type":"a"},{"type":"b"},{"type":"c","weight":0}]"""), 400, "invalid_field", "[2].weight");
        await ShouldFailAsync(await PostAsync("/v1/jobs", "{\"type\":\"a\"}\n\n{\"type\":7}", "application/x-ndjson"), 400, "invalid_field", "[1].type");
        await ShouldFailAsync(await PostAsync("/v1/jobs", "{\"type\":\"a\"}\n{\"type\":\"b\"} {}", "application/x-ndjson"), 400, "invalid_json");
        await ShouldFailAsync(await PostAsync("/v1/jobs", "\n\r\n", "application/x-ndjson"), 400, "invalid_json");
        Dispatcher.Asked.ShouldBeEmpty();
    }

    [Fact]
    public async Task Broken_utf8_is_refused_wherever_it_is()
    {
        foreach (var template in (string[])["""{"type":"?"}""", """{"type":"a","args":"?"}""", """{"?":1}""", """{"type":"a","meta":{"k":["?"]}}"""])
        {
            var body = Samples.Utf8(template);
            body[Array.IndexOf(body, (byte)'?')] = 0xC3;
            await ShouldFailAsync(await PostAsync("/v1/jobs", body), 400, "invalid_json");
            await ShouldFailAsync(await PostAsync("/v1/jobs", body, "application/x-ndjson"), 400, "invalid_json");
        }

        Dispatcher.Asked.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_job_nests_64_levels_and_no_more()
    {
        foreach (var (before, after) in ((string, string)[])[("", ""), ("[", "]")])
        {
            (await PostAsync("/v1/jobs", before + Nested(63) + after)).StatusCode.ShouldBe(System.Net.HttpStatusCode.Created);
            await ShouldFailAsync(await PostAsync("/v1/jobs", before + Nested(64) + after), 400, "invalid_json");
        }

        await ShouldFailAsync(await PostAsync("/v1/jobs", Nested(200_000)), 400, "invalid_json");
        Dispatcher.Asked.OfType<EnqueueRequest>().Count().ShouldBe(2);
    }

    [Fact]
    public async Task Meta_has_at_most_16_kibibytes()
    {
        var fits = $$"""{"k":"{{new string('x', (16 * 1024) - 8)}}"}""";
        (await PostAsync("/v1/jobs", $$"""{"type":"a","meta":{{fits}}}""")).StatusCode.ShouldBe(System.Net.HttpStatusCode.Created);
        await ShouldFailAsync(await PostAsync("/v1/jobs", $$"""{"type":"a","meta":{{fits.Replace("xx", "xxx", StringComparison.Ordinal)}}}"""), 413, "too_large", "meta");
    }

    [Theory]
    [InlineData(null)]
    [InlineData("text/plain")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("application/json; charset=utf-16")]
    [InlineData("application/jsonp")]
    public async Task Another_content_type_is_refused(string? contentType) =>
        await ShouldFailAsync(await PostAsync("/v1/jobs", Samples.Utf8("""{"type":"a"}"""), contentType), 415, "unsupported_media_type");

    [Fact]
    public async Task A_compressed_body_is_refused_instead_of_being_read_as_it_is()
    {
        using var content = new ByteArrayContent(Samples.Utf8("""{"type":"a"}"""));
        content.Headers.ContentType = new("application/json");
        content.Headers.ContentEncoding.Add("gzip");
        await ShouldFailAsync(await Http.PostAsync("/v1/jobs", content, TestContext.Current.CancellationToken), 415, "unsupported_media_type");
    }

    [Theory]
    [InlineData("wait=soon", "wait")]
    [InlineData("wait=6m", "wait")]
    [InlineData("wait=1s&wait=2s", "wait")]
    [InlineData("dryRun=true", "dryRun")]
    public async Task A_bad_query_is_refused(string query, string path) =>
        await ShouldFailAsync(await PostAsync("/v1/jobs?" + query, """{"type":"a"}"""), 400, "invalid_parameter", path);

    [Fact]
    public async Task Many_jobs_cannot_be_waited_for()
    {
        await ShouldFailAsync(await PostAsync("/v1/jobs?wait=1s", """[{"type":"a"}]"""), 400, "invalid_parameter", "wait");
        Dispatcher.Asked.ShouldBeEmpty();
    }

    private static string Nested(int levels) => $$"""{"type":"a","args":{{new string('[', levels)}}{{new string(']', levels)}}}""";
}
