using System.Text.Json;
using System.Text.Json.Nodes;

namespace Worcr.Unit.Gateways.Faktory;

/// <summary>BATCH: members, callbacks, what STATUS says.</summary>
public sealed class FaktoryBatchTests(FaktorySilo silo) : FaktoryTest(silo)
{
    [Theory]
    [InlineData("BATCH", "-ERR invalid BATCH command")]
    [InlineData("BATCH DANCE", "-ERR invalid BATCH command DANCE")]
    [InlineData("BATCH NEW", "-ERR invalid JSON")]
    [InlineData("BATCH NEW {}", "-ERR a batch needs a success or a complete callback")]
    [InlineData("""BATCH NEW {"success":{"jobtype":"a"}}""", "-ERR jobs must have a reasonable jid parameter")]
    [InlineData("""BATCH NEW {"success":7}""", "-ERR invalid JSON: a job is an object")]
    [InlineData("""BATCH NEW {"success":{"jid":"12345678","jobtype":"a","args":[],"custom":{"unique_for":60}}}""", "-ERR success: a callback has no at, expiry, unique_for or bid")]
    [InlineData("""BATCH NEW {"parent_bid":"b-1","success":{"jid":"12345678","jobtype":"a","args":[]}}""", "-ERR parent_bid: a batch cannot be part of another one")]
    [InlineData("""BATCH NEW {"description":"a\u0001","success":{"jid":"12345678","jobtype":"a","args":[]}}""", "-ERR description must have")]
    [InlineData("BATCH OPEN", "-ERR BATCH needs a bid")]
    [InlineData("BATCH OPEN b-7", "-ERR No such batch b-7")]
    [InlineData("BATCH COMMIT b-0190d3f05a2b7c3d8e4f5a6b7c8d9e0f", "-ERR No such batch b-0190d3f05a2b7c3d8e4f5a6b7c8d9e0f")]
    [InlineData("BATCH STATUS x", "-ERR No such batch x")]
    [InlineData("""PUSH {"jid":"12345678","jobtype":"a","args":[],"custom":{"bid":"b-7"}}""", "-ERR No such batch b-7")]
    [InlineData("""PUSH {"jid":"12345678","jobtype":"a","args":[],"custom":{"bid":"b-0190d3f05a2b7c3d8e4f5a6b7c8d9e0f"}}""", "-ERR No such batch")]
    public async Task Mistakes_are_answered(string line, string reply) => (await Wire.AskAsync(line)).ShouldStartWith(reply);

    [Fact]
    public async Task Callbacks_come_when_the_batch_is_committed_and_all_its_jobs_are_done()
    {
        var bid = await NewAsync();
        var jids = new[] { await PushAsync(bid), await PushAsync(bid) };
        foreach (var _ in jids) (await Wire.AckAsync((await Wire.FetchAsync(Queue)).GetProperty("jid").GetString()!)).ShouldBe("+OK");
        await StatusAsync(bid, total: 2, pending: 0, failed: 0, complete: "", success: "");
        (await Wire.AskAsync("BATCH COMMIT " + bid)).ShouldBe("+OK");
        await StatusAsync(bid, total: 2, pending: 0, failed: 0, complete: "1", success: "1");
        foreach (var name in new[] { "success", "complete" })
        {
            var callback = await Wire.FetchAsync($"{Queue}-{name}");
            callback.GetProperty("jobtype").GetString().ShouldBe("on-" + name);
            callback.GetProperty("args").GetRawText().ShouldBe("[1,\"two\"]");
            var custom = callback.GetProperty("custom");
            (custom.GetProperty("_bid").GetString(), custom.GetProperty("_cb").GetString(), custom.GetProperty("locale").GetString()).ShouldBe((bid, name, "fr"));
            (await Wire.AckAsync(callback.GetProperty("jid").GetString()!)).ShouldBe("+OK");
        }

        await StatusAsync(bid, total: 2, pending: 0, failed: 0, complete: "2", success: "2");
    }

    [Fact]
    public async Task A_job_that_fails_for_good_lets_the_batch_complete_and_not_succeed()
    {
        var bid = await NewAsync();
        var jid = await PushAsync(bid, retry: 0);
        await Wire.AskAsync("BATCH COMMIT " + bid);
        await Wire.FetchAsync(Queue);
        (await Wire.FailAsync(jid)).ShouldBe("+OK");
        await StatusAsync(bid, total: 1, pending: 0, failed: 1, complete: "1", success: "");
    }

    [Fact]
    public async Task A_running_job_opens_its_batch_and_adds_to_it()
    {
        var bid = await NewAsync();
        var first = await PushAsync(bid);
        await Wire.AskAsync("BATCH COMMIT " + bid);
        (await Wire.PushAsync(Member(FaktoryWire.NewJid(), bid))).ShouldBe("-ERR The batch is closed.");
        await Wire.FetchAsync(Queue);
        (await Wire.AskAsync("BATCH OPEN " + bid)).ShouldBe(bid);
        var second = await PushAsync(bid);
        await Wire.AskAsync("BATCH COMMIT " + bid);
        await Wire.AckAsync(first);
        await StatusAsync(bid, total: 2, pending: 1, failed: 0, complete: "", success: "");
        await Wire.FetchAsync(Queue);
        await Wire.AckAsync(second);
        await StatusAsync(bid, total: 2, pending: 0, failed: 0, complete: "1", success: "1");
        (await Wire.AskAsync("BATCH OPEN " + bid)).ShouldBe("-ERR The batch has finished.");
    }

    [Fact]
    public async Task A_bulk_push_refuses_what_names_no_batch_and_takes_the_rest()
    {
        var (lost, kept) = (FaktoryWire.NewJid(), FaktoryWire.NewJid());
        var jobs = new JsonArray(Member(lost, "b-0190d3f05a2b7c3d8e4f5a6b7c8d9e0f"), NewJob(kept));
        var refused = JsonDocument.Parse(await Wire.AskAsync("PUSHB " + jobs.ToJsonString())).RootElement;
        refused.EnumerateObject().ShouldHaveSingleItem().Name.ShouldBe(lost);
        (await Wire.FetchAsync(Queue)).GetProperty("jid").GetString().ShouldBe(kept);
    }

    private JsonObject Member(string jid, string bid)
    {
        var job = NewJob(jid);
        job["custom"] = new JsonObject { ["bid"] = bid };
        return job;
    }

    private async Task<string> PushAsync(string bid, int retry = 25)
    {
        var jid = FaktoryWire.NewJid();
        var job = Member(jid, bid);
        job["retry"] = retry;
        (await Wire.PushAsync(job)).ShouldBe("+OK");
        return jid;
    }

    private async Task<string> NewAsync()
    {
        var batch = new JsonObject { ["description"] = "all of it" };
        foreach (var name in new[] { "success", "complete" })
        {
            var callback = NewJob(FaktoryWire.NewJid());
            (callback["jobtype"], callback["queue"]) = ("on-" + name, $"{Queue}-{name}");
            callback["custom"] = new JsonObject { ["locale"] = "fr", ["weight"] = 2, ["tags"] = new JsonArray("x"), ["slo"] = "5m", ["tenant"] = "acme" };
            batch[name] = callback;
        }

        var bid = await Wire.AskAsync("BATCH NEW " + batch.ToJsonString());
        bid.ShouldStartWith("b-");
        return bid;
    }

    private async Task StatusAsync(string bid, int total, int pending, int failed, string complete, string success)
    {
        var status = JsonDocument.Parse(await Wire.AskAsync("BATCH STATUS " + bid)).RootElement;
        (status.GetProperty("bid").GetString(), status.GetProperty("description").GetString()).ShouldBe((bid, "all of it"));
        status.GetProperty("created_at").GetDateTimeOffset().ShouldBe(DateTimeOffset.UtcNow, TimeSpan.FromMinutes(1));
        (status.GetProperty("total").GetInt32(), status.GetProperty("pending").GetInt32(), status.GetProperty("failed").GetInt32()).ShouldBe((total, pending, failed));
        (status.GetProperty("complete_st").GetString(), status.GetProperty("success_st").GetString()).ShouldBe((complete, success));
    }
}
