using System.Text.Json;
using System.Text.Json.Nodes;

namespace Worcr.Unit.Gateways.Faktory;

/// <summary>Commands that a client sends one behind the other without waiting: they are carried out together, and each has its answer.</summary>
public sealed class FaktoryAheadTests(FaktorySilo silo) : FaktoryTest(silo)
{
    private const int Many = 300;

    [Fact]
    public async Task Every_push_has_its_own_answer()
    {
        string[] jids = [.. Enumerable.Range(0, 5).Select(_ => FaktoryWire.NewJid())];
        string[] lines =
        [
            Push(jids[0]),
            "PUSH {",
            Push(jids[1]),
            Push(jids[0]), // the same job again
            "PUSH ",
            Unique(jids[2]),
            Unique(jids[3]), // holds no key: the one before has it
            "PUSH {\"jid\":\"1234567\"}",
            Push(jids[4], """{"bid":"b-00000000000000000000000000000001"}"""),
            Push(jids[4]),
        ];
        await Wire.Raw.SendAsync(string.Join("\r\n", lines) + "\r\n");
        string[] replies = ["+OK", "-ERR invalid JSON", "+OK", "+OK", "-ERR invalid JSON", "+OK", "-NOTUNIQUE Job not unique", "-ERR jobs must have a reasonable jid", "-ERR No such batch", "+OK"];
        foreach (var reply in replies) (await Wire.ReplyAsync()).ShouldStartWith(reply);
        foreach (var jid in new[] { jids[0], jids[1], jids[2], jids[4] }) await ShouldBeAsync(jid, "enqueued");
        await ShouldBeAsync(jids[3], "unknown");
    }

    [Fact]
    public async Task Jobs_are_given_in_the_order_in_which_they_were_pushed()
    {
        await Wire.Raw.SendAsync(string.Concat(Enumerable.Range(0, Many).Select(n => Push($"order-{n:000}-{Queue}") + "\n")));
        for (var n = 0; n < Many; n++) (await Wire.ReplyAsync()).ShouldBe("+OK");
        for (var n = 0; n < Many; n++) (await Wire.FetchAsync(Queue)).GetProperty("jid").GetString().ShouldBe($"order-{n:000}-{Queue}");
    }

    [Fact]
    public async Task A_jid_that_is_free_again_is_taken_among_others()
    {
        await Wire.PushAsync(NewJob());
        await Wire.AskAsync("QUEUE REMOVE " + Queue);
        await Wire.Raw.SendAsync($"{Push(FaktoryWire.NewJid())}\r\n{Push(Jid)}\r\n{Push(FaktoryWire.NewJid())}\r\n");
        for (var n = 0; n < 3; n++) (await Wire.ReplyAsync()).ShouldBe("+OK");
        await ShouldBeAsync(Jid, "enqueued");
    }

    [Fact]
    public async Task Every_ack_has_its_own_answer()
    {
        var worker = await EnterAsync(Queue);
        string[] jids = [.. Enumerable.Range(0, 3).Select(_ => FaktoryWire.NewJid())];
        foreach (var jid in jids) await Wire.PushAsync(NewJob(jid));
        for (var n = 0; n < 2; n++) await worker.FetchAsync(Queue);
        string[] lines = [Ack(jids[0]), "ACK x", Ack(jids[2]), Ack(jids[1]), Ack(jids[1]), "ACK {\"jid\":\"\"}", Ack("nobody-has-it")];
        await worker.Raw.SendAsync(string.Join("\r\n", lines) + "\r\n");
        string[] replies = ["+OK", "-ERR invalid JSON", "+OK", "+OK", "+OK", "-ERR invalid ACK: a jid is needed", "+OK"];
        foreach (var reply in replies) (await worker.ReplyAsync()).ShouldStartWith(reply);
        foreach (var jid in jids[..2]) await ShouldBeAsync(jid, "success");
        await ShouldBeAsync(jids[2], "enqueued");
    }

    [Fact]
    public async Task What_comes_in_pieces_waits_for_its_rest()
    {
        var (one, two) = (Push(Jid), Push(FaktoryWire.NewJid()));
        await Wire.Raw.SendAsync(one + "\r\n" + two[..20]);
        (await Wire.ReplyAsync()).ShouldBe("+OK");
        await Wire.Raw.SendAsync(two[20..] + "\r\n");
        (await Wire.ReplyAsync()).ShouldBe("+OK");
        await Wire.Raw.SendAsync(one + "\r\nEND\r\n" + two + "\r\n");
        (await Wire.ReplyAsync()).ShouldBe("+OK");
        await Wire.Raw.ShouldBeClosedAsync();
    }

    private string Push(string jid, string? custom = null)
    {
        var job = NewJob(jid);
        if (custom is not null) job["custom"] = JsonNode.Parse(custom);
        return "PUSH " + job.ToJsonString();
    }

    private string Unique(string jid) => Push(jid, """{"unique_for":60}""");

    private static string Ack(string jid) => $$"""ACK {"jid":"{{jid}}"}""";

    private async Task ShouldBeAsync(string jid, string state) =>
        JsonDocument.Parse(await Wire.AskAsync("TRACK GET " + jid)).RootElement.GetProperty("state").GetString().ShouldBe(state);
}
