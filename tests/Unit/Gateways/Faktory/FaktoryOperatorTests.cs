using System.Text.Json;
using System.Text.Json.Nodes;
using Worcr.SiloHost.Gateways.Faktory;

namespace Worcr.Unit.Gateways.Faktory;

/// <summary>QUEUE, INFO, MUTATE, FLUSH.</summary>
public sealed class FaktoryOperatorTests(FaktorySilo silo) : FaktoryTest(silo)
{
    [Theory]
    [InlineData("QUEUE", "-ERR no such QUEUE subcommand: ")]
    [InlineData("QUEUE DANCE a", "-ERR no such QUEUE subcommand: DANCE")]
    [InlineData("QUEUE REMOVE nobody-uses-it", "+OK")]
    [InlineData("QUEUE RESUME nobody-uses-it", "+OK")]
    [InlineData("QUEUE LATENCY nobody-uses-it", """{"nobody-uses-it":0}""")]
    [InlineData("MUTATE", "-ERR invalid JSON")]
    [InlineData("MUTATE {}", "-ERR unknown mutate operation")]
    [InlineData("""MUTATE {"cmd":"dance","target":"dead"}""", "-ERR unknown mutate operation")]
    [InlineData("""MUTATE {"cmd":"kill","target":"life"}""", "-ERR invalid target for mutation command")]
    [InlineData("""MUTATE {"cmd":"kill","target":"dead","filter":"all"}""", "-ERR invalid JSON: filter must be an object")]
    [InlineData("""MUTATE {"cmd":"kill","target":"dead","filter":{"jids":"all"}}""", "-ERR invalid JSON: jids must be an array of strings")]
    public async Task Commands_are_checked(string line, string reply) => (await Wire.AskAsync(line)).ShouldStartWith(reply);

    [Fact]
    public async Task A_paused_queue_takes_jobs_and_gives_none_until_it_is_resumed()
    {
        (await Wire.AskAsync("QUEUE PAUSE " + Queue)).ShouldBe("+OK");
        await Wire.PushAsync(NewJob());
        (await Wire.AskAsync("FETCH " + Queue)).ShouldBe("$-1");
        var latency = JsonDocument.Parse(await Wire.AskAsync("QUEUE LATENCY " + Queue)).RootElement.GetProperty(Queue).GetDouble();
        latency.ShouldBeGreaterThan(1);
        var consumer = await EnterAsync();
        var waiting = consumer.FetchAsync(Queue);
        (await Wire.AskAsync("QUEUE RESUME " + Queue)).ShouldBe("+OK");
        (await waiting).GetProperty("jid").GetString().ShouldBe(Jid);
    }

    [Fact]
    public async Task Info_tells_of_queues_and_workers()
    {
        await EnterAsync(Queue);
        await Wire.PushAsync(NewJob());
        var info = await Wire.InfoAsync();
        var faktory = info.GetProperty("faktory");
        faktory.GetProperty("queues").GetProperty(Queue).GetInt32().ShouldBe(1);
        faktory.GetProperty("tasks").GetProperty("Workers").GetProperty("size").GetInt32().ShouldBeGreaterThan(0);
        faktory.GetProperty("sets").GetProperty("dead").ValueKind.ShouldBe(JsonValueKind.Number);
        faktory.GetProperty("total_enqueued").GetInt64().ShouldBeGreaterThan(0);
        info.GetProperty("server").GetProperty("command_count").GetInt64().ShouldBeGreaterThan(0);
    }

    [Theory]
    [InlineData("discard", "unknown")]
    [InlineData("kill", "dead")]
    [InlineData("requeue", "enqueued")]
    public async Task Scheduled_jobs_are_changed_by_jid_by_type_and_by_what_they_look_like(string command, string state)
    {
        string[] jids = [FaktoryWire.NewJid(), FaktoryWire.NewJid(), FaktoryWire.NewJid(), FaktoryWire.NewJid()];
        foreach (var jid in jids)
        {
            var job = NewJob(jid);
            job["jobtype"] = "t-" + jid;
            job["at"] = In(TimeSpan.FromHours(1));
            await Wire.PushAsync(job);
        }

        await MutateAsync(command, "scheduled", new JsonObject { ["jids"] = new JsonArray(jids[0], "nobody-has-it") });
        await MutateAsync(command, "scheduled", new JsonObject { ["jobtype"] = "t-" + jids[1] });
        await MutateAsync(command, "scheduled", new JsonObject { ["regexp"] = $"*\"jid\":\"{jids[2]}\"*" });
        await MutateAsync(command, "dead", new JsonObject { ["jids"] = new JsonArray(jids[3]) });
        foreach (var jid in jids[..3]) (await StateAsync(jid)).ShouldBe(state, jid);
        (await StateAsync(jids[3])).ShouldBe("enqueued");
        (await Wire.AskAsync("FETCH " + Queue) == "$-1").ShouldBe(command != "requeue");
    }

    [Fact]
    public async Task Dead_jobs_live_again_or_are_forgotten()
    {
        string[] jids = [FaktoryWire.NewJid(), FaktoryWire.NewJid()];
        foreach (var jid in jids)
        {
            var job = NewJob(jid);
            job["retry"] = -1;
            await Wire.PushAsync(job);
            await Wire.FetchAsync(Queue);
            await Wire.FailAsync(jid);
        }

        await MutateAsync("requeue", "dead", new JsonObject { ["jids"] = new JsonArray(jids[0]) });
        await MutateAsync("discard", "dead", new JsonObject { ["jids"] = new JsonArray(jids[1]) });
        (await StateAsync(jids[1])).ShouldBe("unknown");
        (await Wire.FetchAsync(Queue)).GetProperty("jid").GetString().ShouldBe(jids[0]);
    }

    [Fact]
    public async Task Flush_forgets_everything_that_does_not_run()
    {
        await using var own = new FaktorySilo();
        await own.InitializeAsync();
        using var wire = await FaktoryWire.EnterAsync(await own.ConnectAsync());
        foreach (var jid in new[] { "running-1", "ready-001", "ready-002" }) await wire.PushAsync(NewJob(jid));
        (await wire.FetchAsync(Queue)).GetProperty("jid").GetString().ShouldBe("running-1");
        (await wire.AskAsync("FLUSH")).ShouldBe("+OK");
        (await wire.AskAsync("TRACK GET ready-001")).ShouldContain("unknown");
        (await wire.AskAsync("TRACK GET running-1")).ShouldContain("working");
        (await wire.AckAsync("running-1")).ShouldBe("+OK");
        (await wire.AskAsync("FLUSH")).ShouldBe("+OK");
        (await wire.AskAsync("TRACK GET running-1")).ShouldContain("unknown");
        (await wire.PushAsync(NewJob("ready-001"))).ShouldBe("+OK");
        (await wire.FetchAsync(Queue)).GetProperty("jid").GetString().ShouldBe("ready-001");
    }

    [Theory]
    [InlineData("*", "", true)]
    [InlineData("a*c", "abbc", true)]
    [InlineData("a*c", "abbd", false)]
    [InlineData("a?c", "abc", true)]
    [InlineData("a[b-d]e", "ace", true)]
    [InlineData("a[^b-d]e", "ace", false)]
    [InlineData("a[\\]]e", "a]e", true)]
    [InlineData("a\\*c", "a*c", true)]
    [InlineData("a\\*c", "abc", false)]
    [InlineData("[", "x", false)]
    [InlineData("\\", "\\", true)]
    [InlineData("*a*a*a*a*b", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", false)]
    public void Globs_are_those_of_redis(string glob, string text, bool matches) => new FaktoryGlob(glob).Matches(text).ShouldBe(matches);

    [Theory]
    [InlineData(0, 0.0, 15_000)]
    [InlineData(0, 0.999, 44_000)]
    [InlineData(2, 0.5, 76_000)]
    [InlineData(24, 0.0, 331_791_000)]
    public void Retries_follow_the_originals_curve(int count, double chance, long delayMs) => FaktoryRetry.DelayMs(count, chance).ShouldBe(delayMs);

    [Fact]
    public void Jids_are_ids_or_get_one()
    {
        var id = Guid.CreateVersion7();
        FaktoryId.Of(id.ToString()).ShouldBe(id);
        FaktoryId.Of(id.ToString().ToUpperInvariant()).ShouldNotBe(id);
        FaktoryId.Of("123e4567").Version.ShouldBe(8);
        FaktoryId.Of("123e4567").ShouldBe(FaktoryId.Of("123e4567"));
        FaktoryId.Of("123e4567").ShouldNotBe(FaktoryId.Of("123e4568"));
    }

    private async Task MutateAsync(string command, string target, JsonObject filter) =>
        (await Wire.AskAsync("MUTATE " + new JsonObject { ["cmd"] = command, ["target"] = target, ["filter"] = filter }.ToJsonString())).ShouldBe("+OK");

    private async Task<string> StateAsync(string jid) => JsonDocument.Parse(await Wire.AskAsync("TRACK GET " + jid)).RootElement.GetProperty("state").GetString()!;
}
