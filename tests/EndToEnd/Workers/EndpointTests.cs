namespace Worcr.EndToEnd.Workers;

/// <summary>Jobs that are sent to an HTTP server, by the real process.</summary>
public sealed class EndpointTests(SharedSilos silos)
{
    private const string Secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    [Theory, EveryStore]
    public async Task A_job_is_sent_signed_and_its_answer_is_its_result(StoreKind store)
    {
        var silo = await silos.OnAsync(store);
        await using var target = await PushTarget.StartAsync();
        var (name, type) = await MakeAsync(silo, target, new { secret = Secret });
        var trace = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
        var id = await silo.Api.EnqueueAsync(new { type, args = new { n = 1 }, tags = new[] { "x" }, tenant = "acme", meta = new { traceparent = trace } });
        var request = await target.NextAsync();
        request.ShouldBeSignedWith(Secret);
        (request.Method, request.Path, request["content-type"]).ShouldBe(("POST", "/run", "application/json"));
        (request["webhook-id"], request["traceparent"]).ShouldBe((request.Job.Lease, trace));
        request["worcr-callback"].ShouldBe(silo.Url + "v1/ns/default/worker");
        request["ce-id"].ShouldBeNull();
        (request.Job.Id, request.Job.Type, request.Job.Tenant, request.Job.Attempt).ShouldBe((id, type, "acme", 1));
        request.Job.Args.GetRawText().ShouldBe("""{"n":1}""");
        var worker = (await silo.Api.GetAsync("/v1/workers"))["workers"].EnumerateArray().Single(w => w.GetProperty("worker").GetString() == "endpoint:" + name);
        (worker.GetProperty("transport").GetString(), worker.GetProperty("slots").GetInt32(), worker.GetProperty("held").GetInt32()).ShouldBe(("push", 10, 1));
        (await GetAsync(silo, name)).GetProperty("inFlight").GetInt32().ShouldBe(1);
        request.Answer(200, """{"sum": 7}""");
        var job = await silo.Api.FinishedAsync(id);
        (job.GetProperty("state").GetString(), job.GetProperty("worker").GetString(), job.GetProperty("result").GetRawText()).ShouldBe(("succeeded", "endpoint:" + name, """{"sum": 7}"""));
        var endpoint = await GetAsync(silo, name);
        (endpoint.GetProperty("state").GetString(), endpoint.GetProperty("inFlight").GetInt32(), endpoint.GetProperty("delivered").GetInt32(), endpoint.GetProperty("failed").GetInt32()).ShouldBe(("open", 0, 1, 0));
    }

    [Theory, EveryStore]
    public async Task What_is_answered_202_is_reported_to_the_callback(StoreKind store)
    {
        var silo = await silos.OnAsync(store);
        await using var target = await PushTarget.StartAsync();
        var (_, type) = await MakeAsync(silo, target, new { slots = 1, timeout = "5s" });
        var ids = await silo.Api.EnqueueAllAsync(Enumerable.Range(0, 2).Select(_ => new { type }));
        var request = await target.NextAsync();
        request.Answer(202);
        using var callback = new Api(new Uri(request["worcr-callback"] + "/"));
        var progress = await callback.PostAsync("progress", new { lease = request.Job.Lease, name = "rows", done = 1, total = 2 });
        progress.Expect(HttpStatusCode.OK)["result"].GetString().ShouldBe("ok");
        (await silo.Api.StateAsync(ids[0])).ShouldBe("running");
        target.Unread.ShouldBe(0, "the slot is taken until the report");
        var report = await callback.PostAsync("report", new { reports = new[] { new { lease = request.Job.Lease, outcome = "complete", result = "later" } } });
        report.Expect(HttpStatusCode.OK)["results"][0].GetString().ShouldBe("ok");
        (await silo.Api.FinishedAsync(ids[0])).GetProperty("result").GetString().ShouldBe("later");
        var second = await target.NextAsync();
        second.Job.Id.ShouldBe(ids[1]);
        second.Answer(200);
        await silo.Api.FinishedAsync(ids[1]);
    }

    [Theory]
    [InlineData(429)]
    [InlineData(503)]
    public async Task An_endpoint_that_says_later_is_left_alone_until_then(int status)
    {
        var silo = await silos.OnAsync(StoreKind.Sqlite);
        await using var target = await PushTarget.StartAsync();
        var (name, type) = await MakeAsync(silo, target, new { slots = 1 });
        var id = await silo.Api.EnqueueAsync(new { type });
        await silo.Api.EnqueueAsync(new { type });
        var request = await target.NextAsync();
        var answeredAt = Environment.TickCount64;
        request.Answer(status, "busy", ("Retry-After", "2"));
        (await target.NextAsync()).Answer(200);
        (Environment.TickCount64 - answeredAt).ShouldBeGreaterThan(1_900);
        (await target.NextAsync()).Answer(200);
        var job = await silo.Api.FinishedAsync(id);
        var attempt = job.GetProperty("attempts")[0];
        attempt.GetProperty("error").GetProperty("code").GetString().ShouldBe(status.ToString(System.Globalization.CultureInfo.InvariantCulture));
        attempt.GetProperty("error").GetProperty("message").GetString().ShouldBe($"The endpoint answered {status}: busy");
        var endpoint = await GetAsync(silo, name);
        (endpoint.GetProperty("state").GetString(), endpoint.GetProperty("failed").GetInt32()).ShouldBe(("open", 1));
        endpoint.GetProperty("lastError").GetProperty("code").GetString().ShouldBe(attempt.GetProperty("error").GetProperty("code").GetString());
    }

    [Theory]
    [InlineData(500, "500")]
    [InlineData(302, "302")]
    [InlineData(404, "404")]
    public async Task Another_answer_is_a_failure_with_its_status(int status, string code)
    {
        var (error, target) = await FailAsync(request => request.Answer(status, "", ("Location", "/elsewhere")));
        error.GetProperty("code").GetString().ShouldBe(code);
        target.ShouldBe(0, "no redirect is followed");
    }

    [Fact]
    public async Task A_result_that_is_too_large_is_final()
    {
        var (error, _) = await FailAsync(request => request.Answer(200, new string('x', 3 << 20)), attempts: 5);
        error.GetProperty("code").GetString().ShouldBe("bad_answer");
    }

    [Fact]
    public async Task Without_an_answer_in_time_the_attempt_has_failed()
    {
        var aborted = new TaskCompletionSource<Pushed>();
        var (error, _) = await FailAsync(aborted.SetResult, new { timeout = "300ms" });
        error.GetProperty("code").GetString().ShouldBe("timeout");
        await (await aborted.Task).Aborted.OrSay("the silo did not hang up");
    }

    [Fact]
    public async Task A_jobs_own_time_holds_too()
    {
        var silo = await silos.OnAsync(StoreKind.Sqlite);
        await using var target = await PushTarget.StartAsync();
        var (name, type) = await MakeAsync(silo, target, new { });
        var id = await silo.Api.EnqueueAsync(new { type, timeout = "3s", retry = new { maxAttempts = 1 } });
        var request = await target.NextAsync();
        await request.Aborted.OrSay("the silo did not hang up");
        (await silo.Api.FinishedAsync(id)).GetProperty("error").GetProperty("code").GetString().ShouldBe("timeout");
        var next = await silo.Api.EnqueueAsync(new { type });
        (await target.NextAsync()).Answer(200);
        await silo.Api.FinishedAsync(next);
        var endpoint = await GetAsync(silo, name);
        (endpoint.GetProperty("delivered").GetInt32(), endpoint.GetProperty("failed").GetInt32()).ShouldBe((1, 1));
        endpoint.GetProperty("lastError").GetProperty("code").GetString().ShouldBe("timeout");
    }

    [Fact]
    public async Task An_endpoint_that_is_away_rests_and_is_tried_again()
    {
        var silo = await silos.OnAsync(StoreKind.Sqlite);
        var (name, type) = (Names.New("away"), Names.New("push"));
        await PutAsync(silo, name, new { url = $"http://127.0.0.1:{Places.FreePort()}/", types = new[] { type } });
        var retry = new { maxAttempts = 4, backoff = "fixed", @base = "10ms", jitter = 0 };
        var id = await silo.Api.EnqueueAsync(new { type, retry });
        var job = await silo.Api.FinishedAsync(id);
        job.GetProperty("attempts").EnumerateArray().Select(a => a.GetProperty("error").GetProperty("code").GetString()).ShouldBe(["unreachable", "unreachable", "unreachable", "unreachable"]);
        var endpoint = await GetAsync(silo, name);
        endpoint.GetProperty("state").GetString().ShouldBeOneOf("resting", "trying");
        endpoint.GetProperty("failed").GetInt32().ShouldBe(4);
    }

    [Fact]
    public async Task A_cloud_event_carries_its_attributes_as_headers()
    {
        var silo = await silos.OnAsync(StoreKind.Sqlite);
        await using var target = await PushTarget.StartAsync();
        var (_, type) = await MakeAsync(silo, target, new { cloudEvents = true, secret = Secret });
        var id = await silo.Api.EnqueueAsync(new { type });
        var request = await target.NextAsync();
        request.ShouldBeSignedWith(Secret);
        (request["ce-specversion"], request["ce-id"], request["ce-type"], request["ce-subject"]).ShouldBe(("1.0", request.Job.Lease, type, id));
        request["ce-source"].ShouldBe(silo.Url + "v1/ns/default");
        DateTimeOffset.TryParse(request["ce-time"], out _).ShouldBeTrue();
        request.Answer(204);
        (await silo.Api.FinishedAsync(id)).GetProperty("state").GetString().ShouldBe("succeeded");
    }

    [Fact]
    public async Task Cancelling_a_job_aborts_its_request()
    {
        var silo = await silos.OnAsync(StoreKind.Sqlite);
        await using var target = await PushTarget.StartAsync();
        var (_, type) = await MakeAsync(silo, target, new { });
        var id = await silo.Api.EnqueueAsync(new { type });
        var request = await target.NextAsync();
        (await silo.Api.DeleteAsync($"/v1/jobs/{id}")).Expect(HttpStatusCode.OK);
        await request.Aborted.OrSay("the request went on");
        (await silo.Api.StateAsync(id)).ShouldBe("cancelled");
    }

    [Fact]
    public async Task Interrupting_a_job_aborts_its_request_and_gives_it_back()
    {
        var silo = await silos.OnAsync(StoreKind.Sqlite);
        await using var target = await PushTarget.StartAsync();
        var (_, type) = await MakeAsync(silo, target, new { });
        var id = await silo.Api.EnqueueAsync(new { type });
        var request = await target.NextAsync();
        (await silo.Api.PostAsync($"/v1/jobs/{id}/interrupt")).Expect(HttpStatusCode.OK);
        await request.Aborted.OrSay("the request went on");
        var again = await target.NextAsync();
        (again.Job.Id, again.Job.Attempt).ShouldBe((id, 2));
        again.Answer(200);
        (await silo.Api.FinishedAsync(id)).GetProperty("attempts")[0].GetProperty("outcome").GetString().ShouldBe("yield");
    }

    [Fact]
    public async Task A_change_keeps_what_is_under_way_and_acts_at_once()
    {
        var silo = await silos.OnAsync(StoreKind.Sqlite);
        await using var target = await PushTarget.StartAsync();
        var (name, type) = await MakeAsync(silo, target, new { slots = 2 });
        var other = Names.New("push");
        var id = await silo.Api.EnqueueAsync(new { type });
        var request = await target.NextAsync();
        await PutAsync(silo, name, new { url = target.Url + "/2", types = new[] { other }, slots = 2 }, HttpStatusCode.OK);
        var second = await silo.Api.EnqueueAsync(new { type = other });
        var next = await target.NextAsync();
        (next.Job.Id, next.Path).ShouldBe((second, "/run/2"));
        next.Answer(200);
        request.Answer(200, "1");
        (await silo.Api.FinishedAsync(id)).GetProperty("attempt").GetInt32().ShouldBe(1);
        (await silo.Api.FinishedAsync(second)).GetProperty("state").GetString().ShouldBe("succeeded");
    }

    [Fact]
    public async Task A_deleted_endpoint_finishes_what_it_has_and_leaves()
    {
        var silo = await silos.OnAsync(StoreKind.Sqlite);
        await using var target = await PushTarget.StartAsync();
        var (name, type) = await MakeAsync(silo, target, new { });
        var id = await silo.Api.EnqueueAsync(new { type });
        var request = await target.NextAsync();
        using var left = new Listener(silo.Url, "worker.left");
        await left.HeardAsync(e => e.GetProperty("event").GetString() == "listening");
        (await silo.Api.DeleteAsync($"/v1/endpoints/{name}")).Expect(HttpStatusCode.NoContent);
        request.Answer(200);
        (await silo.Api.FinishedAsync(id)).GetProperty("state").GetString().ShouldBe("succeeded");
        await left.HeardAsync(e => e.TryGetProperty("data", out var data) && data.GetProperty("worker").GetString() == "endpoint:" + name);
        (await silo.Api.GetAsync("/v1/workers"))["workers"].EnumerateArray().ShouldNotContain(w => w.GetProperty("worker").GetString() == "endpoint:" + name);
    }

    [Fact]
    public async Task A_slow_endpoint_does_not_hold_up_another()
    {
        var silo = await silos.OnAsync(StoreKind.Sqlite);
        await using var slow = await PushTarget.StartAsync();
        await using var quick = await PushTarget.StartAsync();
        var (_, slowType) = await MakeAsync(silo, slow, new { slots = 100 });
        var (_, quickType) = await MakeAsync(silo, quick, new { slots = 1 });
        await silo.Api.EnqueueAllAsync(Enumerable.Range(0, 100).Select(_ => new { type = slowType }));
        var held = new List<Pushed>();
        while (held.Count < 100) held.Add(await slow.NextAsync());
        var ids = await silo.Api.EnqueueAllAsync(Enumerable.Range(0, 20).Select(_ => new { type = quickType }));
        for (var i = 0; i < ids.Count; i++) (await quick.NextAsync()).Answer(200);
        foreach (var id in ids) (await silo.Api.FinishedAsync(id)).GetProperty("state").GetString().ShouldBe("succeeded");
        foreach (var request in held) request.Answer(200);
    }

    private static async Task<(string Name, string Type)> MakeAsync(Silo silo, PushTarget target, object more)
    {
        var (name, type) = (Names.New("endpoint"), Names.New("push"));
        var body = JsonSerializer.SerializeToNode(more)!.AsObject();
        body["url"] = target.Url;
        body["types"] = new System.Text.Json.Nodes.JsonArray(type);
        await PutAsync(silo, name, body);
        return (name, type);
    }

    private static async Task PutAsync(Silo silo, string name, object body, HttpStatusCode status = HttpStatusCode.Created) =>
        (await silo.Api.PutAsync($"/v1/endpoints/{name}", body)).Expect(status);

    private static async Task<JsonElement> GetAsync(Silo silo, string name) => (await silo.Api.GetAsync($"/v1/endpoints/{name}")).Expect(HttpStatusCode.OK).Json;

    /// <summary>A job that is dead after an answer: its error, and how many requests came besides.</summary>
    private async Task<(JsonElement Error, int Unread)> FailAsync(Action<Pushed> answer, object? more = null, int attempts = 1)
    {
        var silo = await silos.OnAsync(StoreKind.Sqlite);
        await using var target = await PushTarget.StartAsync();
        var (_, type) = await MakeAsync(silo, target, more ?? new { });
        var id = await silo.Api.EnqueueAsync(new { type, retry = new { maxAttempts = attempts } });
        answer(await target.NextAsync());
        var job = await silo.Api.FinishedAsync(id);
        job.GetProperty("state").GetString().ShouldBe("dead");
        return (job.GetProperty("error"), target.Unread);
    }
}
