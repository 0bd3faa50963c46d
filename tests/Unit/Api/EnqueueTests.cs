using System.Net;
using Worcr.Grains;

namespace Worcr.Unit.Api;

public sealed class EnqueueTests : ApiHost
{
    [Fact]
    public async Task One_job_with_its_type_only_gets_the_defaults()
    {
        var answer = await PostAsync("/v1/jobs", """{"type":"a.b"}""");
        answer.StatusCode.ShouldBe(HttpStatusCode.Created);
        var body = await JsonAsync(answer);
        body.GetProperty("state").GetString().ShouldBe("ready");
        body.GetProperty("duplicate").GetBoolean().ShouldBeFalse();
        Guid.TryParseExact(body.GetProperty("id").GetString(), "D", out _).ShouldBeTrue();

        var job = Dispatcher.Only<EnqueueRequest>().Jobs.ShouldHaveSingleItem();
        job.Shape.ShouldBe(new LaneShape("a.b", "", "default", [], 1, 0, null));
        job.Options.ShouldBeSameAs(JobOptions.Default);
        job.Args.ShouldBe("null"u8.ToArray());
        (job.HasClientId, job.Priority, job.DueAt, job.ExpiresAt).ShouldBe((false, 0, 0L, 0L));
        job.Given.ShouldBe(JobGiven.None);
    }

    [Fact]
    public async Task Every_field_arrives()
    {
        await PostAsync("/v1/jobs", """
            { "type": "email.send", "args": {"to": [1, "\u00e9", {"x": null}]}, "tenant": "acme", "tags": ["z", "a", "z", "m"], "queue": "q",
              "weight": 2.5, "priority": -7, "slo": "5m", "runAt": "2026-06-02T12:00:00+02:00", "expiresIn": "12h", "timeout": "30s",
              "retry": {"maxAttempts": null, "maxFails": 4, "backoff": "linear", "base": "2s", "cap": "1m", "jitter": 0.5},
              "unique": {"key": "digest-42", "until": "expired", "for": "1h", "onConflict": "replace"},
              "orderKey": "account-7", "resultTtl": "1h", "id": "0190d3f0-5a2b-7c3d-8e4f-5a6b7c8d9e0f", "meta": {"traceparent": "x"} }
            """);
        var job = Dispatcher.Only<EnqueueRequest>().Jobs.ShouldHaveSingleItem();
        job.Shape.ShouldBe(new LaneShape("email.send", "acme", "q", ["a", "m", "z"], 2.5, 300_000, "account-7"));
        job.Args.ShouldBe(Samples.Utf8("""{"to": [1, "\u00e9", {"x": null}]}"""));
        job.Priority.ShouldBe(-7);
        job.DueAt.ShouldBe(new DateTimeOffset(2026, 6, 2, 10, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds());
        job.ExpiresAt.ShouldBe(job.DueAt + (12 * 3_600_000L));
        (job.HasClientId, job.Id).ShouldBe((true, Samples.Id));
        job.Options.TimeoutMs.ShouldBe(30_000);
        job.Options.ResultTtlMs.ShouldBe(3_600_000);
        job.Options.Meta.ShouldBe(Samples.Utf8("""{"traceparent": "x"}"""));
        job.Options.Retry.ShouldBe(new RetryPolicy { MaxAttempts = 0, MaxFails = 4, Backoff = Backoff.Linear, BaseMs = 2_000, CapMs = 60_000, Jitter = 0.5 });
        job.Options.Unique.ShouldBe(new UniquePolicy("digest-42", UniqueUntil.Expired, 3_600_000, UniqueConflict.Replace));
        job.Given.ShouldBe(Enum.GetValues<JobGiven>().Aggregate((a, b) => a | b));
    }

    [Fact]
    public async Task Null_means_absent()
    {
        var answer = await PostAsync("/v1/jobs", """
            {"type":"t","args":null,"tenant":null,"tags":null,"queue":null,"weight":null,"priority":null,"slo":null,"runAt":null,"delay":null,"expiresIn":null,
             "expiresAt":null,"timeout":null,"retry":null,"unique":null,"orderKey":null,"resultTtl":null,"id":null,"meta":null}
            """);
        answer.StatusCode.ShouldBe(HttpStatusCode.Created);
        var job = Dispatcher.Only<EnqueueRequest>().Jobs[0];
        job.Shape.ShouldBe(new LaneShape("t", "", "default", [], 1, 0, null));
        job.Options.ShouldBeSameAs(JobOptions.Default);
        job.Given.ShouldBe(JobGiven.None);
    }

    [Theory]
    [InlineData("\"timeout\":\"30m\"", JobGiven.Timeout)]
    [InlineData("\"retry\":{}", JobGiven.Retry)]
    [InlineData("\"slo\":\"1s\"", JobGiven.Slo)]
    [InlineData("\"weight\":1", JobGiven.Weight)]
    [InlineData("\"queue\":\"default\"", JobGiven.Queue)]
    [InlineData("\"priority\":0", JobGiven.Priority)]
    [InlineData("\"resultTtl\":\"1h\"", JobGiven.ResultTtl)]
    [InlineData("\"tags\":[]", JobGiven.Tags)]
    [InlineData("\"tenant\":\"t\",\"delay\":\"1s\",\"tags\":null", JobGiven.None)]
    public async Task What_was_given_is_known_also_when_it_is_the_default(string field, JobGiven given)
    {
        await PostAsync("/v1/jobs", $$"""[{"type":"t",{{field}}},{"type":"t"}]""");
        Dispatcher.Only<EnqueueRequest>().Jobs.Select(j => j.Given).ShouldBe([given, JobGiven.None]);
    }

    [Fact]
    public async Task Escaped_names_and_values_are_read_like_plain_ones()
    {
        await PostAsync("/v1/jobs", """{"\u0074ype":"\u0061.b","t\u0061gs":["\ud83d\ude00"],"del\u0061y":"\u0035m","re\u0074ry":{"b\u0061se":"1\u0073"}}""");
        var job = Dispatcher.Only<EnqueueRequest>().Jobs[0];
        job.Shape.ShouldBe(new LaneShape("a.b", "", "default", ["😀"], 1, 0, null));
        job.DueAt.ShouldBe(Clock.NowMs + 300_000);
    }

    [Fact]
    public async Task An_array_is_answered_with_an_array_in_order()
    {
        var answer = await PostAsync("/v1/jobs", """[{"type":"a","id":"0190d3f0-5a2b-7c3d-8e4f-5a6b7c8d9e0f"},{"type":"b","delay":"1s"}]""");
        answer.StatusCode.ShouldBe(HttpStatusCode.Created);
        var body = await JsonAsync(answer);
        body.GetArrayLength().ShouldBe(2);
        body[0].GetProperty("id").GetGuid().ShouldBe(Samples.Id);
        body[1].GetProperty("state").GetString().ShouldBe("scheduled");
    }

    [Fact]
    public async Task An_array_of_one_is_an_array() =>
        (await JsonAsync(await PostAsync("/v1/jobs", """[{"type":"a"}]"""))).GetArrayLength().ShouldBe(1);

    [Fact]
    public async Task Lines_are_jobs_whatever_ends_them()
    {
        var answer = await PostAsync("/v1/jobs", "{\"type\":\"a\"}\r\n\n  {\"type\":\"b\",\"args\":\"x\\ny\"}\n{\"type\":\"c\"}", "application/x-ndjson; charset=utf-8");
        (await JsonAsync(answer)).GetArrayLength().ShouldBe(3);
        Dispatcher.Only<EnqueueRequest>().Jobs.Select(j => j.Shape.Type).ShouldBe(["a", "b", "c"]);
    }

    [Fact]
    public async Task Jobs_of_one_lane_share_one_shape()
    {
        await PostAsync("/v1/jobs", """[{"type":"a","tenant":"t","tags":["x","y"]},{"type":"b"},{"type":"a","tenant":"t","tags":["y","x"]}]""");
        var jobs = Dispatcher.Only<EnqueueRequest>().Jobs;
        jobs[2].Shape.ShouldBeSameAs(jobs[0].Shape);
        jobs[1].Shape.ShouldNotBeSameAs(jobs[0].Shape);
    }

    [Fact]
    public async Task A_known_id_is_answered_with_200()
    {
        Dispatcher.OnEnqueue = _ => new EnqueueReply([new EnqueuedJob(Samples.Id, JobState.Running, true)]);
        var answer = await PostAsync("/v1/jobs", """{"type":"a"}""");
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await JsonAsync(answer)).ToString().ShouldBe("""{"id":"0190d3f0-5a2b-7c3d-8e4f-5a6b7c8d9e0f","state":"running","duplicate":true}""");
    }

    [Fact]
    public async Task Waiting_answers_the_finished_job()
    {
        Dispatcher.OnWait = _ => new JobReply(Samples.Succeeded());
        var answer = await PostAsync("/v1/jobs?wait=30s", """{"type":"a"}""");
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await JsonAsync(answer)).GetProperty("result").GetProperty("sent").GetBoolean().ShouldBeTrue();
        Dispatcher.Only<WaitJobRequest>().WaitMs.ShouldBe(30_000);
    }

    [Fact]
    public async Task Waiting_too_short_answers_202()
    {
        Dispatcher.OnWait = _ => new JobReply(Samples.Running());
        (await PostAsync("/v1/jobs?wait=1ms", """{"type":"a"}""")).StatusCode.ShouldBe(HttpStatusCode.Accepted);
    }

    [Theory]
    [InlineData(RefusalKind.UniqueConflict, 409, "unique_conflict")]
    [InlineData(RefusalKind.Overloaded, 429, "overloaded")]
    [InlineData(RefusalKind.Draining, 503, "draining")]
    [InlineData(RefusalKind.TooLarge, 413, "too_large")]
    public async Task A_refusal_is_a_problem(RefusalKind kind, int status, string code)
    {
        Dispatcher.OnEnqueue = _ => new EnqueueReply([], new Refusal(kind, "because", "jobs[0].unique", 1_500));
        var answer = await PostAsync("/v1/jobs", """{"type":"a"}""");
        await ShouldFailAsync(answer, status, code, "unique");
        answer.Headers.RetryAfter!.Delta.ShouldBe(TimeSpan.FromSeconds(2));
        await ShouldFailAsync(await PostAsync("/v1/jobs", """[{"type":"a"}]"""), status, code, "[0].unique");
    }

    [Fact]
    public async Task A_dispatcher_that_is_away_is_a_503()
    {
        Dispatchers.Away = true;
        await ShouldFailAsync(await PostAsync("/v1/jobs", """{"type":"a"}"""), 503, "unavailable");
    }

    [Fact]
    public async Task A_defect_is_a_500_without_details()
    {
        Dispatcher.OnEnqueue = _ => throw new InvalidOperationException("secret");
        var answer = await PostAsync("/v1/jobs", """{"type":"a"}""");
        await ShouldFailAsync(answer, 500, "internal");
        (await JsonAsync(answer)).ToString().ShouldNotContain("secret");
    }

    [Fact]
    public async Task Ten_thousand_jobs_are_taken_and_one_more_is_not()
    {
        var many = string.Join(',', Enumerable.Repeat("""{"type":"a"}""", 10_000));
        (await JsonAsync(await PostAsync("/v1/jobs", $"[{many}]"))).GetArrayLength().ShouldBe(10_000);
        await ShouldFailAsync(await PostAsync("/v1/jobs", $$"""[{{many}},{"type":"a"}]"""), 413, "too_large");
        await ShouldFailAsync(await PostAsync("/v1/jobs", many.Replace(',', '\n') + "\n{\"type\":\"a\"}", "application/x-ndjson"), 413, "too_large");
        Dispatcher.Asked.OfType<EnqueueRequest>().Count().ShouldBe(1);
    }

    [Fact]
    public async Task Arguments_may_have_a_mebibyte()
    {
        var fits = new string('x', (1024 * 1024) - 2);
        (await PostAsync("/v1/jobs", $$"""{"type":"a","args":"{{fits}}"}""")).StatusCode.ShouldBe(HttpStatusCode.Created);
        await ShouldFailAsync(await PostAsync("/v1/jobs", $$"""{"type":"a","args":"{{fits}}x"}"""), 413, "too_large", "args");
    }

    [Fact]
    public async Task A_body_may_have_16_mebibytes()
    {
        var body = new byte[(16 * 1024 * 1024) + 1];
        Array.Fill(body, (byte)' ');
        await ShouldFailAsync(await PostAsync("/v1/jobs", body), 413, "too_large");
        "{\"type\":\"a\"}"u8.CopyTo(body);
        (await PostAsync("/v1/jobs", body[..^1])).StatusCode.ShouldBe(HttpStatusCode.Created);
    }

    [Theory]
    [InlineData("runAt", "2026-06-01T11:00:00Z")]
    [InlineData("delay", "0s")]
    public async Task A_time_that_has_come_means_now(string field, string value)
    {
        await PostAsync("/v1/jobs", $$"""{"type":"a","{{field}}":"{{value}}"}""");
        Dispatcher.Only<EnqueueRequest>().Jobs[0].DueAt.ShouldBe(0);
    }

    [Theory]
    [InlineData("""{"base":"2h"}""", 7_200_000, 7_200_000)]
    [InlineData("""{"cap":"500ms"}""", 500, 500)]
    [InlineData("""{}""", 1_000, 3_600_000)]
    public async Task A_default_gives_way_to_what_was_said(string retry, long baseMs, long capMs)
    {
        await PostAsync("/v1/jobs", $$"""{"type":"a","retry":{{retry}}}""");
        var policy = Dispatcher.Only<EnqueueRequest>().Jobs[0].Options.Retry;
        (policy.BaseMs, policy.CapMs).ShouldBe((baseMs, capMs));
    }
}
