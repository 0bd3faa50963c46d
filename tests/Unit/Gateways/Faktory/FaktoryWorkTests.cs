using System.Text.Json;

namespace Worcr.Unit.Gateways.Faktory;

/// <summary>FETCH, ACK, FAIL, BEAT, TRACK.</summary>
public sealed class FaktoryWorkTests(FaktorySilo silo) : FaktoryTest(silo)
{
    [Theory]
    [InlineData("FETCH", "-ERR must call fetch with at least one queue")]
    [InlineData("FETCH a\u0001b", "-ERR invalid queue name")]
    [InlineData("""ACK {"jid":""}""", "-ERR invalid ACK: a jid is needed")]
    [InlineData("""ACK {"jid":"nobody-has-it"}""", "+OK")]
    [InlineData("ACK", "-ERR invalid JSON")]
    [InlineData("FAIL {}", "-ERR missing JID")]
    [InlineData("""FAIL {"jid":"nobody-has-it"}""", "-ERR Job not found nobody-has-it")]
    [InlineData("""FAIL {"jid":"12345678","backtrace":"x"}""", "-ERR invalid JSON: backtrace must be an array of strings")]
    [InlineData("""BEAT {"wid":"nobody"}""", "-ERR unknown worker nobody")]
    [InlineData("BEAT x", "-ERR invalid JSON")]
    [InlineData("TRACK", "-ERR invalid TRACK command")]
    [InlineData("TRACK GET", "-ERR missing JID")]
    [InlineData("""TRACK SET {"jid":"nobody-has-it","percent":1}""", "-ERR Job not found nobody-has-it")]
    [InlineData("""TRACK GET nobody-has-it""", """{"jid":"nobody-has-it","state":"unknown"}""")]
    [InlineData("HELLO {}", "-ERR unknown command HELLO")]
    [InlineData("push {}", "-ERR unknown command push")]
    [InlineData("", "-ERR unknown command")]
    public async Task Mistakes_are_answered_and_the_connection_goes_on(string line, string reply)
    {
        (await Wire.AskAsync(line)).ShouldStartWith(reply);
        (await Wire.AckAsync("12345678")).ShouldBe("+OK");
    }

    [Fact]
    public async Task A_waiting_fetch_gets_what_is_pushed_to_any_of_its_queues()
    {
        var consumer = await EnterAsync(Queue);
        var waiting = consumer.FetchAsync("other-" + Queue, Queue);
        await Wire.PushAsync(NewJob());
        (await waiting).GetProperty("jid").GetString().ShouldBe(Jid);
    }

    [Fact]
    public async Task Queues_are_served_in_the_order_they_are_named()
    {
        var low = NewJob(FaktoryWire.NewJid());
        low["queue"] = "low-" + Queue;
        await Wire.PushAsync(low);
        await Wire.PushAsync(NewJob());
        (await Wire.FetchAsync(Queue, "low-" + Queue)).GetProperty("jid").GetString().ShouldBe(Jid);
        (await Wire.FetchAsync(Queue, "low-" + Queue)).GetProperty("queue").GetString().ShouldBe("low-" + Queue);
    }

    [Fact]
    public async Task Higher_priorities_go_first()
    {
        foreach (var priority in new[] { 5, 1, 9 })
        {
            var job = NewJob(FaktoryWire.NewJid());
            job["priority"] = priority;
            await Wire.PushAsync(job);
        }

        var order = new List<int>();
        for (var i = 0; i < 3; i++) order.Add((await Wire.FetchAsync(Queue)).GetProperty("priority").GetInt32());
        order.ShouldBe([9, 5, 1]);
    }

    [Fact]
    public async Task A_job_is_done_over_any_connection_of_its_worker_and_by_no_other()
    {
        var (one, two, other) = (await EnterAsync("w-" + Queue), await EnterAsync("w-" + Queue), await EnterAsync("x-" + Queue));
        await Wire.PushAsync(NewJob());
        await one.FetchAsync(Queue);
        (await other.FailAsync(Jid)).ShouldBe("-ERR Job not found " + Jid);
        (await other.AckAsync(Jid)).ShouldBe("+OK");
        (await StateAsync(Jid)).ShouldBe("working");
        one.Dispose();
        (await two.AckAsync(Jid)).ShouldBe("+OK");
        (await StateAsync(Jid)).ShouldBe("success");
        (await two.AckAsync(Jid)).ShouldBe("+OK");
        (await two.FailAsync(Jid)).ShouldBe("-ERR Job not found " + Jid);
    }

    [Fact]
    public async Task A_failed_job_waits_for_its_retry_and_comes_back_with_what_is_known_of_its_failure()
    {
        await Wire.PushAsync(NewJob());
        await Wire.FetchAsync(Queue);
        (await Wire.FailAsync(Jid)).ShouldBe("+OK");
        (await StateAsync(Jid)).ShouldBe("failed");
        (await Wire.AskAsync($$$"""MUTATE {"cmd":"requeue","target":"retries","filter":{"jids":["{{{Jid}}}"]}}""")).ShouldBe("+OK");
        var failure = (await Wire.FetchAsync(Queue)).GetProperty("failure");
        failure.GetProperty("retry_count").GetInt32().ShouldBe(0);
        failure.GetProperty("remaining").GetInt32().ShouldBe(25);
        failure.GetProperty("errtype").GetString().ShouldBe("Boom");
        failure.GetProperty("message").GetString().ShouldBe("it broke");
        failure.GetProperty("backtrace").GetArrayLength().ShouldBe(2);
        failure.GetProperty("failed_at").GetDateTimeOffset().ShouldBe(DateTimeOffset.UtcNow, TimeSpan.FromMinutes(1));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public async Task A_job_without_retries_runs_once(int retry)
    {
        var job = NewJob();
        job["retry"] = retry;
        await Wire.PushAsync(job);
        await Wire.FetchAsync(Queue);
        await Wire.AskAsync($$"""FAIL {"jid":"{{Jid}}"}""");
        (await StateAsync(Jid)).ShouldBe("dead");
        await Wire.AskAsync($$$"""MUTATE {"cmd":"requeue","target":"dead","filter":{"jids":["{{{Jid}}}"]}}""");
        (await StateAsync(Jid)).ShouldBe(retry == 0 ? "dead" : "enqueued");
    }

    [Fact]
    public async Task Progress_is_kept_and_shown()
    {
        await Wire.PushAsync(NewJob());
        (await StateAsync(Jid)).ShouldBe("enqueued");
        await Wire.FetchAsync(Queue);
        (await Wire.AskAsync($$"""TRACK SET {"jid":"{{Jid}}","percent":40,"desc":"under way","reserve_until":"{{In(TimeSpan.FromHours(3))}}"}""")).ShouldBe("+OK");
        var tracked = JsonDocument.Parse(await Wire.AskAsync("TRACK GET " + Jid)).RootElement;
        tracked.GetProperty("state").GetString().ShouldBe("working");
        tracked.GetProperty("percent").GetInt32().ShouldBe(40);
        tracked.GetProperty("desc").GetString().ShouldBe("under way");
    }

    [Fact]
    public async Task A_worker_goes_from_running_to_quiet_to_terminate()
    {
        var worker = await EnterAsync(Queue);
        async Task<string> Beat(string? state) => await worker.AskAsync($$"""BEAT {"wid":"{{Queue}}","current_state":{{JsonSerializer.Serialize(state)}},"rss_kb":1}""");
        (await Beat(null)).ShouldBe("+OK");
        (await Beat("nonsense")).ShouldBe("+OK");
        (await Beat("quiet")).ShouldBe("""{"state":"quiet"}""");
        (await Beat(null)).ShouldBe("""{"state":"quiet"}""");
        await Wire.PushAsync(NewJob());
        (await worker.AskAsync("FETCH " + Queue)).ShouldBe("$-1");
        (await Beat("terminate")).ShouldBe("""{"state":"terminate"}""");
        (await Beat("quiet")).ShouldBe("""{"state":"terminate"}""");
        (await worker.AskAsync("FETCH " + Queue)).ShouldBe("$-1");
    }

    [Fact]
    public async Task Requests_sent_ahead_are_answered_in_their_order()
    {
        await Wire.Raw.SendAsync($"PUSH {NewJob().ToJsonString()}\nNOPE\r\nFETCH {Queue}\nACK {{\"jid\":\"{Jid}\"}}\r\nEND\r\n");
        (await Wire.ReplyAsync()).ShouldBe("+OK");
        (await Wire.ReplyAsync()).ShouldBe("-ERR unknown command NOPE");
        (await Wire.ReplyAsync()).ShouldContain(Jid);
        (await Wire.ReplyAsync()).ShouldBe("+OK");
        await Wire.Raw.ShouldBeClosedAsync();
    }

    private async Task<string> StateAsync(string jid) => JsonDocument.Parse(await Wire.AskAsync("TRACK GET " + jid)).RootElement.GetProperty("state").GetString()!;
}
