using System.Text.Json.Nodes;
using Worcr.Client;
using Worcr.Protocol;

namespace Worcr.Unit.Client;

/// <summary>The .NET client against a stub.</summary>
public sealed class WorcrClientTests
{
    private readonly HastyTime _time = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Concurrent_callers_travel_together_and_get_their_own_answers()
    {
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var server = new StubServer
        {
            Answer = async (_, body) =>
            {
                await gate.Task;
                return (201, Accept(body));
            },
        };
        using var client = Client(server);
        var jobs = Enumerable.Range(0, 500).Select(n => client.EnqueueAsync("test", new { n })).ToArray();
        gate.SetResult();
        var answers = await Task.WhenAll(jobs);
        for (var n = 0; n < jobs.Length; n++) answers[n].Id.ShouldBe(IdOf(n));
        server.Requests.Count.ShouldBeLessThan(10);
    }

    [Fact]
    public async Task Everything_that_can_be_said_of_a_job_is_written_as_the_api_reads_it()
    {
        using var server = new StubServer { Answer = (_, body) => Task.FromResult((201, Accept(body))) };
        using var client = Client(server, options => options.Namespace = "other");
        await client.EnqueueAsync("test", new { n = 0 }, cancel: Token, options: new JobRequestOptions
        {
            Tenant = "acme",
            Tags = ["a", "b"],
            Queue = "q",
            Weight = 2.5,
            Priority = 3,
            Slo = TimeSpan.FromMinutes(5),
            Delay = TimeSpan.FromMilliseconds(1_500),
            ExpiresIn = TimeSpan.FromHours(12),
            Timeout = TimeSpan.FromSeconds(30),
            Retry = new RetryOptions { MaxAttempts = null, Backoff = "linear", Base = new Duration(1_000) },
            Unique = new UniqueOptions { Key = "k", Until = "started", For = new Duration(60_000), OnConflict = "reject" },
            OrderKey = "o",
            ResultTtl = TimeSpan.FromDays(7),
            Id = IdOf(0),
            Meta = new Dictionary<string, string> { ["traceparent"] = "00-1" },
            Batch = IdOf(1),
            Parent = IdOf(2),
            Then = NewJob.Of("next", new { n = 1 }, new JobRequestOptions { Tags = ["c"], Then = NewJob.Of("last", (string?)null) }),
        });
        var (call, body) = server.Requests.ShouldHaveSingleItem();
        call.ShouldBe("POST /v1/ns/other/jobs");
        JsonNode.DeepEquals(JsonNode.Parse(body), JsonNode.Parse("""
            [{"type":"test","args":{"n":0},"id":"00000000-0000-0000-0000-000000000000","tenant":"acme","tags":["a","b"],"queue":"q","weight":2.5,"priority":3,"slo":"5m","delay":"1500ms",
              "expiresIn":"12h","timeout":"30s","retry":{"maxAttempts":null,"backoff":"linear","base":"1s"},"unique":{"key":"k","until":"started","for":"1m","onConflict":"reject"},
              "orderKey":"o","resultTtl":"7d","meta":{"traceparent":"00-1"},"batch":"00000001-0000-0000-0000-000000000000","parent":"00000002-0000-0000-0000-000000000000",
              "then":{"type":"next","args":{"n":1},"tags":["c"],"then":{"type":"last","args":null}}}]
            """)).ShouldBeTrue(body);
    }

    [Fact]
    public async Task A_bad_job_fails_its_own_caller_only()
    {
        using var server = new StubServer
        {
            Answer = (_, body) =>
            {
                var jobs = JsonNode.Parse(body)!.AsArray();
                var bad = jobs.Select((job, at) => (job, at)).Where(job => (int)job.job!["args"]!["n"]! % 10 == 3).Select(job => job.at).ToArray();
                return Task.FromResult(bad.Length == 0 ? (201, Accept(body)) : (400, Problem("invalid_field", bad.Select(at => $"[{at}].args"))));
            },
        };
        using var client = Client(server);
        var jobs = Enumerable.Range(0, 50).Select(n => client.EnqueueAsync("test", new { n })).ToArray();
        for (var n = 0; n < jobs.Length; n++)
        {
            if (n % 10 != 3) (await jobs[n]).Id.ShouldBe(IdOf(n));
            else (await Should.ThrowAsync<WorcrException>(jobs[n])).Errors.ShouldHaveSingleItem().Path.ShouldBe("args");
        }
    }

    [Fact]
    public async Task A_bad_job_that_the_server_does_not_name_is_found_by_halving()
    {
        using var server = new StubServer
        {
            Answer = (_, body) => Task.FromResult(body.Contains("\"n\":7}", StringComparison.Ordinal) ? (413, Problem("too_large", [])) : (201, Accept(body))),
        };
        using var client = Client(server);
        var jobs = Enumerable.Range(0, 20).Select(n => client.EnqueueAsync("test", new { n })).ToArray();
        (await Should.ThrowAsync<WorcrException>(jobs[7])).Code.ShouldBe("too_large");
        for (var n = 0; n < jobs.Length; n++)
        {
            if (n != 7) (await jobs[n]).Id.ShouldBe(IdOf(n));
        }
    }

    [Fact]
    public async Task Overload_is_waited_out_for_as_long_as_the_server_asks()
    {
        var tries = 0;
        using var server = new StubServer { Answer = (_, body) => Task.FromResult(++tries <= 3 ? (429, Problem("overloaded", [])) : (201, Accept(body))), RetryAfter = "7" };
        using var client = Client(server);
        await client.EnqueueAsync("test", new { n = 0 }, cancel: Token);
        server.Requests.Count.ShouldBe(4);
        _time.Pauses.Count.ShouldBe(3);
        _time.Pauses.ShouldAllBe(pause => pause >= TimeSpan.FromSeconds(7) && pause < TimeSpan.FromSeconds(8));
    }

    [Theory]
    [InlineData(false, 1)]
    [InlineData(true, 3)]
    public async Task An_enqueue_of_unknown_outcome_is_tried_again_only_with_an_id(bool idempotent, int requests)
    {
        var tries = 0;
        using var server = new StubServer { Answer = (_, body) => ++tries <= 2 ? throw new IOException("The connection broke.") : Task.FromResult((201, Accept(body))) };
        using var client = Client(server, options => options.Idempotent = idempotent);
        var enqueue = client.EnqueueAsync("test", new { n = 0 }, cancel: Token);
        if (idempotent) (await enqueue).Id.ShouldBe(IdOf(0));
        else (await Should.ThrowAsync<WorcrException>(enqueue)).IsOutcomeUnknown.ShouldBeTrue();
        server.Requests.Count.ShouldBe(requests);
        server.Requests.Select(request => request.Body).Distinct().Count().ShouldBe(1);
        server.Requests[0].Body.Contains("\"id\":", StringComparison.Ordinal).ShouldBe(idempotent);
    }

    [Fact]
    public async Task An_unavailable_dispatcher_leaves_the_outcome_unknown()
    {
        using var server = new StubServer { Answer = (_, _) => Task.FromResult((503, Problem("unavailable", []))) };
        using var client = Client(server);
        (await Should.ThrowAsync<WorcrException>(client.EnqueueAsync("test", 1, cancel: Token))).IsOutcomeUnknown.ShouldBeTrue();
        server.Requests.Count.ShouldBe(1);
        await Should.ThrowAsync<WorcrException>(client.GetAsync(Guid.Empty, Token));
        server.Requests.Count.ShouldBe(7); // reading is tried again
    }

    [Fact]
    public async Task Many_jobs_go_in_chunks_in_order()
    {
        using var server = new StubServer { Answer = (_, body) => Task.FromResult((201, Accept(body))) };
        using var client = Client(server, options => options.BatchSize = 1_000);
        var ids = new List<Guid>();
        var count = await client.EnqueueManyAsync("test", Enumerable.Range(0, 2_500).Select(n => new { n }), stored: jobs => ids.AddRange(jobs.Select(job => job.Id)), cancel: Token);
        count.ShouldBe(2_500);
        ids.ShouldBe(Enumerable.Range(0, 2_500).Select(IdOf));
        server.Requests.Count.ShouldBe(3);
    }

    [Fact]
    public async Task A_result_is_awaited()
    {
        var asks = 0;
        using var server = new StubServer
        {
            Answer = (call, _) => Task.FromResult(++asks < 3 ? (202, Result("running", "")) : (200, call.Contains("7f", StringComparison.Ordinal) ? Result("dead", ""","error":{"code":"boom","message":"it broke"}""") : Result("succeeded", ""","result":{"n":42}"""))),
        };
        using var client = Client(server);
        (await client.ResultAsync<JsonObject>(Guid.Empty, TimeSpan.FromMinutes(10), Token))!["n"]!.GetValue<int>().ShouldBe(42);
        server.Requests[0].Call.ShouldBe($"GET /v1/jobs/{Guid.Empty}/result?wait=1m");
        var error = await Should.ThrowAsync<JobEndedException>(client.ResultAsync<int>(Guid.Parse("0000007f-0000-0000-0000-000000000000"), cancel: Token));
        (error.State, error.Failure!.Code).ShouldBe(("dead", "boom"));
        asks = -10;
        await Should.ThrowAsync<TimeoutException>(client.ResultAsync<int>(Guid.Empty, cancel: Token));
    }

    [Fact]
    public async Task What_is_not_there_is_null()
    {
        using var server = new StubServer { Answer = (_, _) => Task.FromResult((404, Problem("not_found", []))) };
        using var client = Client(server);
        (await client.GetAsync(Guid.Empty, Token)).ShouldBeNull();
    }

    private static Guid IdOf(int n) => new(n, 0, 0, new byte[8]);

    private static string Accept(string body) => new JsonArray([.. JsonNode.Parse(body)!.AsArray().Select(job =>
        new JsonObject { ["id"] = IdOf((int?)(job!["args"] as JsonObject)?["n"] ?? 0).ToString(), ["state"] = "ready", ["duplicate"] = false })]).ToJsonString();

    private static string Problem(string code, IEnumerable<string> paths) => new JsonObject
    {
        ["type"] = "urn:worcr:error:" + code,
        ["title"] = code,
        ["status"] = 400,
        ["code"] = code,
        ["detail"] = "So it is.",
        ["errors"] = new JsonArray([.. paths.Select(path => new JsonObject { ["path"] = path, ["message"] = "bad" })]),
    }.ToJsonString();

    private static string Result(string state, string more) => $"{{\"id\":\"{Guid.Empty}\",\"state\":\"{state}\"{more}}}";

    private WorcrClient Client(StubServer server, Action<WorcrClientOptions>? configure = null)
    {
        var options = new WorcrClientOptions { Http = server, TimeProvider = _time, Timeout = TimeSpan.FromHours(2) };
        configure?.Invoke(options);
        return new WorcrClient(options);
    }
}
