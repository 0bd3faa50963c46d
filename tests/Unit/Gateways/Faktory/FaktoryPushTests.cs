using System.Text.Json;
using System.Text.Json.Nodes;

namespace Worcr.Unit.Gateways.Faktory;

/// <summary>PUSH, PUSHB and what comes back by FETCH.</summary>
public sealed class FaktoryPushTests(FaktorySilo silo) : FaktoryTest(silo)
{
    public static TheoryData<string, string> Refusals => new()
    {
        { """{"jobtype":"a","args":[]}""", "-ERR jobs must have a reasonable jid parameter" },
        { """{"jid":"1234567","jobtype":"a","args":[]}""", "-ERR jobs must have a reasonable jid parameter" },
        { """{"jid":"12345678","args":[]}""", "-ERR jobs must have a jobtype parameter" },
        { """{"jid":"12345678","jobtype":"","args":[]}""", "-ERR jobs must have a jobtype parameter" },
        { """{"jid":"12345678","jobtype":"a"}""", "-ERR jobs must have an args parameter" },
        { """{"jid":"12345678","jobtype":"a","args":null}""", "-ERR jobs must have an args parameter" },
        { """{"jid":"12345678","jobtype":"a","args":[],"reserve_for":86401}""", "-ERR jobs cannot be reserved for more than one day" },
        { """{"jid":"12345678","jobtype":"a","args":[],"at":"tomorrow"}""", "-ERR invalid timestamp for 'at': 'tomorrow'" },
        { """{"jid":"12345678","jobtype":"a","args":{}}""", "-ERR invalid JSON: args must be an array" },
        { """{"jid":12345678,"jobtype":"a","args":[]}""", "-ERR invalid JSON: jid must be a string" },
        { """{"jid":"12345678","jobtype":"a","args":[],"custom":[]}""", "-ERR invalid JSON: custom must be an object" },
        { """{"jid":"12345678","jobtype":"a","args":[],"retry":"5"}""", "-ERR invalid JSON: retry must be a whole number" },
        { """{"jid":"12345678","jobtype":"a\u0000","args":[]}""", "-ERR jobtype must have 1 to 255 characters, no control characters among them" },
        { """{"jid":"1234567\ud800","jobtype":"a","args":[]}""", "-ERR invalid JSON: jid has half a surrogate pair" },
        { """{"jid":"12345678","jobtype":"a","args":[],"custom":{"weight":-1}}""", "-ERR custom.weight must be from 0.000001 to 1000000" },
        { """{"jid":"12345678","jobtype":"a","args":[],"custom":{"slo":"soon"}}""", "-ERR custom.slo must be a duration such as \"30s\" or \"5m\"" },
        { "[]", "-ERR invalid JSON: an object is needed" },
    };

    [Theory, MemberData(nameof(Refusals))]
    public async Task A_job_that_cannot_be_is_refused(string job, string error) => (await Wire.AskAsync("PUSH " + job)).ShouldBe(error);

    [Theory]
    [InlineData("PUSH")]
    [InlineData("PUSH {")]
    [InlineData("PUSHB nonsense")]
    [InlineData("PUSHB {}")]
    public async Task What_is_no_json_is_refused_and_the_connection_goes_on(string line)
    {
        (await Wire.AskAsync(line)).ShouldStartWith("-ERR invalid JSON: ");
        (await Wire.PushAsync(NewJob())).ShouldBe("+OK");
    }

    [Fact]
    public async Task The_payload_comes_back_as_it_was()
    {
        var job = NewJob();
        job["args"] = JsonNode.Parse("""[{"n":9007199254740993,"s":"<&>é"},[],null]""");
        job["retry"] = 3;
        job["reserve_for"] = 600;
        job["backtrace"] = 10;
        job["created_at"] = "2026-01-02T03:04:05.123456789Z";
        job["custom"] = JsonNode.Parse("""{"locale":"fr","nested":{"a":[1]}}""");
        (await Wire.PushAsync(job)).ShouldBe("+OK");

        var fetched = await Wire.FetchAsync(Queue);
        foreach (var name in new[] { "jid", "jobtype", "args", "queue", "retry", "reserve_for", "backtrace", "created_at", "custom" })
        {
            JsonElement.DeepEquals(fetched.GetProperty(name), JsonDocument.Parse(job[name]!.ToJsonString()).RootElement).ShouldBeTrue(name);
        }

        fetched.GetProperty("args").GetRawText().ShouldContain("9007199254740993");
        fetched.GetProperty("enqueued_at").GetDateTimeOffset().ShouldBe(DateTimeOffset.UtcNow, TimeSpan.FromMinutes(1));
        fetched.TryGetProperty("failure", out _).ShouldBeFalse();
        (await Wire.AckAsync(Jid)).ShouldBe("+OK");
    }

    [Fact]
    public async Task A_jid_that_is_known_is_the_same_job()
    {
        (await Wire.PushAsync(NewJob())).ShouldBe("+OK");
        (await Wire.PushAsync(NewJob())).ShouldBe("+OK");
        (await Wire.FetchAsync(Queue)).GetProperty("jid").GetString().ShouldBe(Jid);
        (await Wire.AskAsync("FETCH " + Queue)).ShouldBe("$-1");
    }

    [Fact]
    public async Task A_jid_that_was_thrown_away_is_free()
    {
        await Wire.PushAsync(NewJob());
        (await Wire.AskAsync("QUEUE REMOVE " + Queue)).ShouldBe("+OK");
        (await Wire.PushAsync(NewJob())).ShouldBe("+OK");
        (await Wire.AskAsync("QUEUE REMOVE " + Queue)).ShouldBe("+OK");
        (await Wire.AskAsync($"PUSHB [{NewJob().ToJsonString()}]")).ShouldBe("{}");
        (await Wire.FetchAsync(Queue)).GetProperty("jid").GetString().ShouldBe(Jid);
    }

    [Fact]
    public async Task Of_many_jobs_the_good_ones_are_taken()
    {
        var other = FaktoryWire.NewJid();
        var reply = await Wire.AskAsync($$"""PUSHB [{{NewJob().ToJsonString()}}, {"jid":"{{other}}","args":[]}, {{NewJob(FaktoryWire.NewJid()).ToJsonString()}}]""");
        JsonDocument.Parse(reply).RootElement.EnumerateObject().ShouldHaveSingleItem().Name.ShouldBe(other);
        reply.ShouldContain("jobs must have a jobtype parameter");
        await Wire.FetchAsync(Queue);
        await Wire.FetchAsync(Queue);
        (await Wire.AskAsync("PUSHB []")).ShouldBe("{}");
    }

    [Fact]
    public async Task A_job_may_wait_for_its_time()
    {
        var job = NewJob();
        job["at"] = In(TimeSpan.FromSeconds(1));
        (await Wire.PushAsync(job)).ShouldBe("+OK");
        (await Wire.InfoAsync()).GetProperty("faktory").GetProperty("queues").TryGetProperty(Queue, out var size).ShouldBe(size.ValueKind == JsonValueKind.Number);
        var fetched = await Wire.FetchAsync(Queue);
        fetched.GetProperty("at").GetString().ShouldBe(job["at"]!.GetValue<string>());
        DateTimeOffset.UtcNow.ShouldBeGreaterThanOrEqualTo(fetched.GetProperty("at").GetDateTimeOffset().AddMilliseconds(-2));
    }

    [Fact]
    public async Task A_unique_job_is_there_once_until_it_has_succeeded()
    {
        JsonObject Unique(string? until = null)
        {
            var job = NewJob(FaktoryWire.NewJid());
            job["custom"] = new JsonObject { ["unique_for"] = 600, ["unique_until"] = until };
            return job;
        }

        var first = Unique();
        (await Wire.PushAsync(first)).ShouldBe("+OK");
        (await Wire.PushAsync(Unique())).ShouldBe("-NOTUNIQUE Job not unique");
        var many = Unique();
        (await Wire.AskAsync($"PUSHB [{many.ToJsonString()}]")).ShouldBe($$"""{"{{many["jid"]}}":"Job not unique"}""");
        (await Wire.PushAsync(NewJob())).ShouldBe("+OK");
        await Wire.FetchAsync(Queue);
        (await Wire.PushAsync(Unique())).ShouldBe("-NOTUNIQUE Job not unique");
        (await Wire.AckAsync(first["jid"]!.GetValue<string>())).ShouldBe("+OK");
        var second = Unique("start");
        (await Wire.PushAsync(second)).ShouldBe("+OK");
        await Wire.FetchAsync(Queue);
        await Wire.FetchAsync(Queue);
        (await Wire.PushAsync(Unique())).ShouldBe("+OK");
    }

    [Fact]
    public async Task An_expired_job_is_not_fetched()
    {
        var job = NewJob();
        job["custom"] = new JsonObject { ["expires_in"] = 0.05 };
        await Wire.PushAsync(job);
        var other = NewJob(FaktoryWire.NewJid());
        other["custom"] = new JsonObject { ["expires_at"] = "2020-01-01T00:00:00Z" };
        await Wire.PushAsync(other);
        (await Wire.AskAsync("QUEUE PAUSE " + Queue)).ShouldBe("+OK");
        (await Wire.AskAsync("FETCH " + Queue)).ShouldBe("$-1");
        (await Wire.AskAsync("QUEUE RESUME " + Queue)).ShouldBe("+OK");
        (await Wire.AskAsync("FETCH " + Queue)).ShouldBe("$-1");
        (await Wire.AskAsync("TRACK GET " + Jid)).ShouldContain("unknown");
    }
}
