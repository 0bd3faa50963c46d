using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Worcr.Core.Fairness;
using Worcr.Core.Limits;
using Worcr.Core.Rules;
using Worcr.Grains;

namespace Worcr.Unit.Api;

/// <summary>What holds for every kind of resource.</summary>
public sealed class ResourceTests : ApiHost
{
    private readonly FakeResources _kept = new();

    public ResourceTests() => Dispatcher.OnResources = _kept.Answer;

    [Theory, MemberData(nameof(ResourceCases.Good), MemberType = typeof(ResourceCases))]
    public async Task What_is_put_is_answered_listed_and_put_again(string path, string body, string expected)
    {
        var schema = new SchemaCheck(JsonNode.Parse((await JsonAsync(await GetAsync("/openapi/v1.json"))).ToString())!);
        var at = $"#/paths/~1v1~1{path}~1{{name}}/put";
        schema.Check($"{at}/requestBody/content/application~1json/schema", JsonNode.Parse(body));
        expected = expected.Replace("IN-1H", Clock.GetUtcNow().AddHours(1).ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'"), StringComparison.Ordinal);

        var made = await PutAsync($"/v1/{path}/n", body);
        var text = await made.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        made.StatusCode.ShouldBe(HttpStatusCode.Created, text);
        JsonNode.DeepEquals(JsonNode.Parse(text), JsonNode.Parse(expected)).ShouldBeTrue($"{text}\n{expected}");
        schema.Check($"{at}/responses/201/content/application~1json/schema", JsonNode.Parse(text));
        (await PutAsync($"/v1/{path}/n", body)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await JsonAsync(await GetAsync($"/v1/{path}/n"))).ToString().ShouldBe(text);
        (await JsonAsync(await GetAsync($"/v1/{path}"))).ToString().ShouldBe($$"""{"items":[{{text}}]}""");
    }

    [Theory, MemberData(nameof(ResourceCases.Good), MemberType = typeof(ResourceCases))]
    public async Task What_is_shown_can_be_put_back(string path, string body, string expected)
    {
        expected.ShouldNotBeEmpty();
        (await PutAsync($"/v1/{path}/n", body)).EnsureSuccessStatusCode();
        var shown = (await JsonAsync(await GetAsync($"/v1/{path}/n"))).ToString();
        var kept = JsonSerializer.Serialize(_kept.Only<Resource>(), _kept.Only<Resource>().GetType());
        var answer = await PutAsync($"/v1/{path}/n", shown);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        JsonSerializer.Serialize(_kept.Only<Resource>(), _kept.Only<Resource>().GetType()).ShouldBe(kept);
        (await JsonAsync(await GetAsync($"/v1/{path}/n"))).ToString().ShouldBe(shown);
    }

    [Theory, MemberData(nameof(ResourceCases.Good), MemberType = typeof(ResourceCases))]
    public async Task What_is_kept_survives_the_store(string path, string body, string expected)
    {
        path.ShouldNotBeEmpty();
        expected.ShouldNotBeEmpty();
        (await PutAsync($"/v1/{path}/n", body)).EnsureSuccessStatusCode();
        var kept = _kept.Only<Resource>();
        var stored = JsonSerializer.Serialize(kept, kept.GetType());
        JsonSerializer.Serialize(JsonSerializer.Deserialize(stored, kept.GetType()), kept.GetType()).ShouldBe(stored);
    }

    [Theory, MemberData(nameof(ResourceCases.BadFields), MemberType = typeof(ResourceCases))]
    public async Task A_bad_field_is_named(string path, string body, string field)
    {
        var url = path == "settings" ? "/v1/settings" : $"/v1/{path}/n";
        await ShouldFailAsync(await PutAsync(url, body), 400, "invalid_field", field);
        await ShouldFailAsync(await PutAsync(url + "?dryRun=true", body), 400, "invalid_field", field);
        Dispatcher.Asked.ShouldBeEmpty();
    }

    [Theory, MemberData(nameof(ResourceCases.Paths), MemberType = typeof(ResourceCases))]
    public async Task What_is_no_body_is_refused(string path)
    {
        await ShouldFailAsync(await PutAsync($"/v1/{path}/n", """{"nope":1}"""), 400, "unknown_field", "nope");
        await ShouldFailAsync(await PutAsync($"/v1/{path}/n", "[]"), 400, "invalid_field");
        await ShouldFailAsync(await PutAsync($"/v1/{path}/n", "null"), 400, "invalid_json");
        await ShouldFailAsync(await PutAsync($"/v1/{path}/n", "{"), 400, "invalid_json");
        await ShouldFailAsync(await PutAsync($"/v1/{path}/{new string('n', 256)}", "{}"), 400, "invalid_parameter", "name");
        await ShouldFailAsync(await PutAsync($"/v1/{path}/n?dryRun=maybe", "{}"), 400, "invalid_parameter", "dryRun");
        await ShouldFailAsync(await GetAsync($"/v1/{path}?dryRun=true"), 400, "invalid_parameter", "dryRun");
        Dispatcher.Asked.ShouldBeEmpty();
    }

    [Theory, MemberData(nameof(ResourceCases.Paths), MemberType = typeof(ResourceCases))]
    public async Task What_is_not_there_is_a_404(string path)
    {
        await ShouldFailAsync(await GetAsync($"/v1/{path}/nobody"), 404, "not_found");
        await ShouldFailAsync(await DeleteAsync($"/v1/{path}/nobody"), 404, "not_found");
        (await JsonAsync(await GetAsync($"/v1/{path}"))).ToString().ShouldBe("""{"items":[]}""");
    }

    [Fact]
    public async Task Delete_answers_204()
    {
        await PutAsync("/v1/tenants/acme", "{}");
        (await DeleteAsync("/v1/tenants/acme")).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await GetAsync("/v1/tenants/acme")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_dry_run_tells_and_changes_nothing()
    {
        _kept.Figures = new ResourceFigures { Hits = 1, Waiting = 7, Running = 2, Warnings = ["no job matches"] };
        var answer = await PutAsync("/v1/pauses/n?dryRun=true", """{"match":{}}""");
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await JsonAsync(answer)).ToString().ShouldBe("""{"name":"n","match":{},"state":"pausing","hits":1,"waiting":7,"running":2,"warnings":["no job matches"]}""");
        Dispatcher.Only<ResourceRequest.Preview>();
        (await JsonAsync(await GetAsync("/v1/pauses"))).ToString().ShouldBe("""{"items":[]}""");
    }

    [Fact]
    public async Task A_limit_tells_its_keys_and_its_history()
    {
        _kept.Figures = new ResourceFigures
        {
            Limit = 7,
            Keys = 3,
            Usage = [new LimitUsage("a", 7, 7, 1_780_000_000_000, 2), new LimitUsage("b", 7, 7, long.MaxValue, 0), new LimitUsage("", 0, 7, 0, 0)],
            History = [new LimitChange(1_780_000_000_000, 7, "429")],
        };
        var answer = await JsonAsync(await PutAsync("/v1/limits/n", """{"kind":"concurrency","limit":10}"""));
        answer.GetProperty("current").GetInt32().ShouldBe(7);
        answer.GetProperty("keys").GetInt32().ShouldBe(3);
        answer.GetProperty("usage").ToString().ShouldBe(
            """[{"key":"a","used":7,"limit":7,"opensAt":"2026-05-28T20:26:40.000Z","waiting":2},{"key":"b","used":7,"limit":7,"waiting":0},{"key":"","used":0,"limit":7,"waiting":0}]""");
        answer.GetProperty("history").ToString().ShouldBe("""[{"at":"2026-05-28T20:26:40.000Z","value":7,"reason":"429"}]""");
    }

    [Fact]
    public async Task A_limit_arrives_as_the_core_has_it()
    {
        await PutAsync("/v1/limits/n", """{"match":{"args":{"x":1e0}},"kind":"tokenBucket","limit":5,"period":"2s","burst":9,"key":["'all'","tag:plan-","args.a.b"],"adaptive":{"min":1,"max":9,"gradient":false}}""");
        var rule = _kept.Only<LimitRule>();
        rule.Limit.ShouldBe(new LimitSpec(LimitKind.TokenBucket, 5, 2_000, 9));
        rule.Key.ShouldBe([new(LimitKeySource.Constant, "all"), new(LimitKeySource.Tag, "plan-"), new(LimitKeySource.Args, "a.b")]);
        rule.Match.Args.ShouldBe([new ArgMatch("x", "1")]);
        rule.Adaptive.ShouldNotBeNull().ShouldSatisfyAllConditions(a => a.Gradient.ShouldBeFalse(), a => a.IsFrozen.ShouldBeFalse(), a => a.On.ShouldBeEmpty());
    }

    [Fact]
    public async Task A_new_secret_is_answered_once()
    {
        const string Body = """{"url":"https://example.com/","types":["a"]}""";
        var dry = await PutAsync("/v1/endpoints/n?dryRun=true", Body);
        (await JsonAsync(dry)).TryGetProperty("secret", out _).ShouldBeFalse();
        var made = await JsonAsync(await PutAsync("/v1/endpoints/n", Body));
        var secret = made.GetProperty("secret").GetString().ShouldNotBeNull();
        secret.ShouldStartWith("whsec_");
        _kept.Only<EndpointRule>().Secret.ShouldBe(secret);
        foreach (var answer in (HttpResponseMessage[])[await PutAsync("/v1/endpoints/n", Body), await GetAsync("/v1/endpoints/n"), await GetAsync("/v1/endpoints")])
        {
            answer.StatusCode.ShouldBe(HttpStatusCode.OK);
            (await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldNotContain("whsec_");
        }

        _kept.Only<EndpointRule>().Secret.ShouldBe(secret);
        var digest = made.GetProperty("secretDigest").GetString();
        var other = await JsonAsync(await PutAsync("/v1/endpoints/n", """{"url":"https://example.com/","types":["a"],"secret":"whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"}"""));
        other.TryGetProperty("secret", out _).ShouldBeFalse();
        other.GetProperty("secretDigest").GetString().ShouldBe("sha256:f74e1720b7614881");
        digest.ShouldNotBe("sha256:f74e1720b7614881");
    }

    [Fact]
    public async Task An_endpoint_tells_how_it_stands()
    {
        _kept.Figures = new ResourceFigures
        {
            Endpoint = new EndpointFigures(EndpointState.Resting) { InFlight = 2, Delivered = 9, Failed = 1, Rests = 3, Answers = new EndpointAnswers(8, 1, 1, 0, 0, 0), LastError = new JobError("503", "full", 5), LastErrorAt = 1_780_000_000_000, RestsUntil = 1_780_000_005_000 },
        };
        var answer = await JsonAsync(await PutAsync("/v1/endpoints/n", """{"url":"https://example.com/","types":["a"],"secret":"whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"}"""));
        answer.ToString().ShouldContain(
            """
            "state":"resting","restsUntil":"2026-05-28T20:26:45.000Z","inFlight":2,"delivered":9,"failed":1,"answers":{"done":8,"later":1,"refused":1,"bad":0,"timeout":0,"unreachable":0},"rests":3,"lastError":{"code":"503","message":"full","at":"2026-05-28T20:26:40.000Z"}
            """);
    }

    [Fact]
    public async Task Settings_are_always_there_and_are_replaced_whole()
    {
        (await JsonAsync(await GetAsync("/v1/settings"))).ToString().ShouldBe("""{"fairness":"fair","charge":"job","retention":"7d","maxDead":100000}""");
        var put = await PutAsync("/v1/settings", """{"fairness":"least-running","charge":"runtime","retention":"36h"}""");
        put.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await JsonAsync(put)).ToString().ShouldBe("""{"fairness":"least-running","charge":"runtime","retention":"36h","maxDead":100000}""");
        _kept.Only<NamespaceRule>().ShouldBe(new NamespaceRule { Fairness = FairStrategy.LeastRunning, Charge = FairCharge.Runtime, RetentionMs = 36 * 3_600_000L });
        await PutAsync("/v1/settings", """{"fairness":"round-robin"}""");
        (await JsonAsync(await GetAsync("/v1/settings"))).ToString().ShouldBe("""{"fairness":"round-robin","charge":"job","retention":"7d","maxDead":100000}""");
        (await JsonAsync(await PutAsync("/v1/settings", """{"retention":"2d","deadRetention":"1d","maxDead":5}"""))).ToString()
            .ShouldBe("""{"fairness":"fair","charge":"job","retention":"2d","deadRetention":"1d","maxDead":5}""");
        _kept.Only<NamespaceRule>().ShouldBe(new NamespaceRule { RetentionMs = 2 * 86_400_000L, DeadRetentionMs = 86_400_000, MaxDead = 5 });
        (await DeleteAsync("/v1/settings")).StatusCode.ShouldBe(HttpStatusCode.MethodNotAllowed);
    }

    [Theory]
    [InlineData("a%2Fb", "a/b")]
    [InlineData("a%252Fb", "a%2Fb")]
    [InlineData("%C3%A9%20%22", "é \"")]
    public async Task A_name_arrives_as_it_was_meant(string sent, string name)
    {
        await PutAsync($"/v1/tenants/{sent}?dryRun=false", "{}");
        Dispatcher.Only<ResourceRequest.Put>().Name.ShouldBe(name);
        (await JsonAsync(await GetAsync($"/v1/tenants/{sent}"))).GetProperty("name").GetString().ShouldBe(name);
    }

    [Fact]
    public async Task A_schedule_runs_now()
    {
        await PutAsync("/v1/schedules/nightly", """{"cron":"@daily","job":{"type":"report","expiresIn":"1h"},"paused":true}""");
        var answer = await PostAsync("/v1/schedules/nightly/run", "");
        answer.StatusCode.ShouldBe(HttpStatusCode.Created);
        (await JsonAsync(answer)).GetProperty("state").GetString().ShouldBe("ready");
        var job = Dispatcher.Only<EnqueueRequest>().Jobs.ShouldHaveSingleItem();
        (job.Shape.Type, job.ExpiresAt).ShouldBe(("report", Clock.NowMs + 3_600_000));
        await ShouldFailAsync(await PostAsync("/v1/schedules/other/run", ""), 404, "not_found");
    }

    [Fact]
    public async Task A_schedule_that_cannot_run_says_why()
    {
        await PutAsync("/v1/schedules/nightly", """{"cron":"@daily","job":{"type":"report","unique":{"key":"k","onConflict":"reject"}}}""");
        Dispatcher.OnEnqueue = _ => new EnqueueReply([], new Refusal(RefusalKind.UniqueConflict, "The key is taken.", "jobs[0].unique"));
        await ShouldFailAsync(await PostAsync("/v1/schedules/nightly/run", ""), 409, "unique_conflict", "unique");
    }

    [Fact]
    public async Task A_blackhole_gives_back()
    {
        Dispatcher.OnRestore = r => r.Name == "n" ? new BulkReply(42) : new BulkReply(0, new Refusal(RefusalKind.NotFound, "There is no blackhole."));
        (await JsonAsync(await PostAsync("/v1/blackholes/n/restore", ""))).ToString().ShouldBe("""{"affected":42}""");
        await ShouldFailAsync(await PostAsync("/v1/blackholes/other/restore", ""), 404, "not_found");
    }

    [Fact]
    public async Task What_the_dispatcher_refuses_is_told()
    {
        Dispatcher.OnResources = _ => new ResourceReply([], Refusal: new Refusal(RefusalKind.TooLarge, "A namespace has at most 1000 weights."));
        await ShouldFailAsync(await PutAsync("/v1/weights/n", """{"match":{},"factor":2}"""), 413, "too_large");
    }

    private async Task<HttpResponseMessage> PutAsync(string path, string body)
    {
        using var content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");
        return await Http.PutAsync(path, content, TestContext.Current.CancellationToken);
    }

    private Task<HttpResponseMessage> DeleteAsync(string path) => Http.DeleteAsync(path, TestContext.Current.CancellationToken);
}
