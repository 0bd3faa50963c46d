using System.Text;

namespace Worcr.EndToEnd.Hostile;

public sealed class BadInputTests(SharedSilos silos)
{
    public static TheoryData<string, string> BadJobs => new()
    {
        { "cut off", """{"type":"x" """ },
        { "not JSON", "type=x" },
        { "empty", "" },
        { "null", "null" },
        { "a number", "7" },
        { "a list of numbers", "[1,2,3]" },
        { "no type", "{}" },
        { "empty type", """{"type":""}""" },
        { "a number as type", """{"type":7}""" },
        { "type too long", $$"""{"type":"{{new string('x', 5000)}}"}""" },
        { "unknown field", """{"type":"x","wieght":2}""" },
        { "negative weight", """{"type":"x","weight":-1}""" },
        { "weight zero", """{"type":"x","weight":0}""" },
        { "weight too big for a double", """{"type":"x","weight":1e999}""" },
        { "weight as text", """{"type":"x","weight":"NaN"}""" },
        { "priority beyond int32", """{"type":"x","priority":4294967296}""" },
        { "year 0", """{"type":"x","runAt":"0000-01-01T00:00:00Z"}""" },
        { "no date", """{"type":"x","runAt":"tomorrow"}""" },
        { "a delay of 10^20 seconds", """{"type":"x","delay":"100000000000000000000s"}""" },
        { "a negative delay", """{"type":"x","delay":"-5s"}""" },
        { "a delay without unit", """{"type":"x","delay":"5"}""" },
        { "delay and runAt", """{"type":"x","delay":"5s","runAt":"2030-01-01T00:00:00Z"}""" },
        { "timeout zero", """{"type":"x","timeout":"0s"}""" },
        { "an id that is no UUID", """{"type":"x","id":"42"}""" },
        { "attempts below zero", """{"type":"x","retry":{"maxAttempts":-1}}""" },
        { "jitter of 2", """{"type":"x","retry":{"jitter":2}}""" },
        { "an unknown backoff", """{"type":"x","retry":{"backoff":"random"}}""" },
        { "an unknown retry field", """{"type":"x","retry":{"tries":2}}""" },
        { "unique without key", """{"type":"x","unique":{"until":"finished"}}""" },
        { "an unknown policy", """{"type":"x","unique":{"key":"k","onConflict":"explode"}}""" },
        { "tags as text", """{"type":"x","tags":"premium"}""" },
        { "a tag that is null", """{"type":"x","tags":[null]}""" },
        { "meta as a list", """{"type":"x","meta":[]}""" },
        { "a zero character in the tenant", """{"type":"x","tenant":"a\u0000b"}""" },
        { "half a surrogate pair in the tenant", """{"type":"x","tenant":"a\ud800b"}""" },
        { "nested ten thousand deep", $$"""{"type":"x","args":{{new string('[', 10_000)}}{{new string(']', 10_000)}}}""" },
        { "an empty list", "[]" },
    };

    [Theory, MemberData(nameof(BadJobs))]
    public async Task A_bad_job_is_a_bad_request_that_says_why(string what, string body)
    {
        var silo = await silos.OnAsync(StoreKind.Sqlite);
        var reply = await silo.Api.PostRawAsync("/v1/jobs", Encoding.UTF8.GetBytes(body));
        reply.Status.ShouldBe(HttpStatusCode.BadRequest, $"{what}: {reply.Text}");
        reply.ExpectProblem(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Invalid_utf8_is_a_bad_request()
    {
        var silo = await silos.OnAsync(StoreKind.Sqlite);
        byte[] body = [.. "{\"type\":\"x\",\"args\":\""u8, 0xff, 0xfe, 0xc3, 0x28, .. "\"}"u8];
        (await silo.Api.PostRawAsync("/v1/jobs", body)).ExpectProblem(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task One_byte_over_a_mebibyte_of_args_is_too_large_and_exactly_a_mebibyte_is_not()
    {
        var silo = await silos.OnAsync(StoreKind.Sqlite);
        var type = Names.New("large");
        string Body(int bytes) => $$"""{"type":"{{type}}","args":"{{new string('a', bytes - 2)}}"}""";
        (await silo.Api.PostRawAsync("/v1/jobs", Encoding.UTF8.GetBytes(Body((1 << 20) + 1)))).ExpectProblem(HttpStatusCode.RequestEntityTooLarge);
        (await silo.Api.PostRawAsync("/v1/jobs", Encoding.UTF8.GetBytes(Body(1 << 20)))).Expect(HttpStatusCode.Created);
        (await silo.Worker(type).LeaseOneAsync()).Args.GetString()!.Length.ShouldBe((1 << 20) - 2);
    }

    [Fact]
    public async Task A_result_over_a_mebibyte_is_refused_and_the_job_stays_the_workers()
    {
        var silo = await silos.OnAsync(StoreKind.Sqlite);
        var type = Names.New("large-result");
        await silo.Api.EnqueueAsync(new { type });
        var worker = silo.Worker(type);
        var job = await worker.LeaseOneAsync();
        var report = new { lease = job.Lease, outcome = "complete", result = new string('a', 1 << 20) };
        (await silo.Api.PostAsync("/v1/worker/report", new { reports = new[] { report } })).ExpectProblem(HttpStatusCode.RequestEntityTooLarge);
        (await worker.CompleteAsync(job)).ShouldBe("ok");
    }

    [Fact]
    public async Task Ten_thousand_jobs_are_taken_and_one_more_is_too_many()
    {
        var silo = await silos.OnAsync(StoreKind.Sqlite);
        var type = Names.New("limit");
        var over = await silo.Api.PostAsync("/v1/jobs", Enumerable.Range(0, 10_001).Select(_ => new { type }));
        over.Status.ShouldBeOneOf(HttpStatusCode.BadRequest, HttpStatusCode.RequestEntityTooLarge);
        over.ExpectProblem(over.Status);
        (await silo.Api.ListAsync($"type={type}")).ShouldBeEmpty();
        (await silo.Api.EnqueueAllAsync(Enumerable.Range(0, 10_000).Select(_ => new { type }))).Count.ShouldBe(10_000);
    }

    [Theory]
    [InlineData("GET", "/v1/jobs/42", 400)]
    [InlineData("GET", "/v1/jobs?limit=0", 400)]
    [InlineData("GET", "/v1/jobs?limit=many", 400)]
    [InlineData("GET", "/v1/jobs?state=asleep", 400)]
    [InlineData("GET", "/v1/jobs?cursor=%00%00", 400)]
    [InlineData("GET", "/v1/jobs/00000000-0000-0000-0000-000000000001/result?wait=forever", 400)]
    [InlineData("GET", "/v1/nothing-here", 404)]
    [InlineData("PATCH", "/v1/jobs", 405)]
    public async Task A_bad_question_is_a_problem_document(string method, string path, int status)
    {
        var silo = await silos.OnAsync(StoreKind.Sqlite);
        using var http = new HttpClient { BaseAddress = silo.Url };
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        using var reply = await http.SendAsync(request, TestContext.Current.CancellationToken);
        ((int)reply.StatusCode).ShouldBe(status);
        reply.Content.Headers.ContentType?.MediaType.ShouldBe("application/problem+json");
    }

    [Theory]
    [InlineData("/v1/worker/lease", """{"worker":"","types":["x"],"max":1}""")]
    [InlineData("/v1/worker/lease", """{"worker":"w","types":["x"],"max":0}""")]
    [InlineData("/v1/worker/lease", """{"worker":"w","types":["x"],"max":1000000}""")]
    [InlineData("/v1/worker/lease", """{"worker":"w","types":["x"],"max":1,"wait":"1000000000d"}""")]
    [InlineData("/v1/worker/report", """{"reports":[{"lease":"nonsense","outcome":"vanish"}]}""")]
    [InlineData("/v1/worker/report", """{"reports":{}}""")]
    [InlineData("/v1/worker/report", """{"reports":[{"lease":"not a token","outcome":"complete"}]}""")]
    [InlineData("/v1/worker/checkpoint", """{"lease":"1-1-00000000","name":"","value":1}""")]
    [InlineData("/v1/jobs/bulk", """{"action":"explode","match":{}}""")]
    [InlineData("/v1/jobs/bulk", """{"action":"reweigh","match":{"types":["x"]}}""")]
    public async Task Workers_and_operators_are_told_what_is_wrong_too(string path, string body)
    {
        var silo = await silos.OnAsync(StoreKind.Sqlite);
        (await silo.Api.PostRawAsync(path, Encoding.UTF8.GetBytes(body))).ExpectProblem(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task A_lease_that_never_was_is_stale()
    {
        var silo = await silos.OnAsync(StoreKind.Sqlite);
        var reports = new[] { new { lease = "7fffffff-1-deadbeef", outcome = "complete" }, new { lease = "0-1-00000000", outcome = "fail" } };
        var reply = (await silo.Api.PostAsync("/v1/worker/report", new { reports })).Expect(HttpStatusCode.OK);
        reply["results"].EnumerateArray().Select(r => r.GetString()).ShouldBe(["stale", "stale"]);
    }
}
