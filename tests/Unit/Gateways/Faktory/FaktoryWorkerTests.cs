using System.Text.Json;

namespace Worcr.Unit.Gateways.Faktory;

/// <summary>Workers as operators see them, and what is leased ahead for them.</summary>
public sealed class FaktoryWorkerTests(FaktorySilo silo) : FaktoryTest(silo)
{
    private const int Many = 300;

    [Fact]
    public async Task A_worker_is_shown_from_its_first_fetch_to_its_last_connection()
    {
        var (one, two) = (await EnterAsync(Queue), await EnterAsync(Queue));
        await Wire.PushAsync(NewJob());
        await one.FetchAsync(Queue);
        var worker = (await FindAsync(Queue)).ShouldNotBeNull();
        (worker.GetProperty("transport").GetString(), worker.GetProperty("state").GetString(), worker.GetProperty("held").GetInt32()).ShouldBe(("faktory", "attached", 1));
        worker.GetProperty("queues")[0].GetString().ShouldBe(Queue);
        await two.AskAsync($$"""BEAT {"wid":"{{Queue}}","current_state":"quiet"}""");
        (await FindAsync(Queue)).ShouldNotBeNull().GetProperty("state").GetString().ShouldBe("draining");
        one.Dispose();
        two.Dispose();
        while (await FindAsync(Queue) is not null) await Wire.InfoAsync();
        (await Wire.AckAsync(Jid)).ShouldBe("+OK");
    }

    /// <summary>However many are leased ahead: each job is fetched once, and what the worker leaves comes to another.</summary>
    [Fact]
    public async Task A_hurried_worker_gets_every_job_once_and_leaves_none_behind()
    {
        var jobs = Enumerable.Range(0, Many).Select(n => NewJob($"ahead-{n}-{Queue}").ToJsonString());
        (await Wire.AskAsync($"PUSHB [{string.Join(',', jobs)}]")).ShouldBe("{}");
        var worker = await EnterAsync(Queue);
        var seen = new List<string>();
        for (var n = 0; n < Many / 2; n++) seen.Add(await RunAsync(worker));
        worker.Dispose();
        while (seen.Count < Many) seen.Add(await RunAsync(Wire));
        seen.ShouldBeUnique();
    }

    [Fact]
    public async Task What_was_leased_ahead_and_is_not_fetched_comes_back_while_the_worker_goes_on()
    {
        var jobs = Enumerable.Range(0, Many).Select(n => NewJob($"ahead-{n}-{Queue}").ToJsonString());
        (await Wire.AskAsync($"PUSHB [{string.Join(',', jobs)}]")).ShouldBe("{}");
        var worker = await EnterAsync(Queue);
        var seen = new List<string>();
        for (var n = 0; n < Many / 2; n++) seen.Add(await RunAsync(worker));
        while (seen.Count < Many) seen.Add(await RunAsync(Wire));
        seen.ShouldBeUnique();
        (await worker.AskAsync("INFO")).ShouldContain("queues");
    }

    [Fact]
    public async Task A_job_that_was_leased_ahead_and_handed_over_is_held_as_any_other()
    {
        var jobs = Enumerable.Range(0, Many).Select(n => NewJob($"ahead-{n}-{Queue}").ToJsonString());
        await Wire.AskAsync($"PUSHB [{string.Join(',', jobs)}]");
        var worker = await EnterAsync(Queue);
        var held = new List<string>();
        for (var n = 0; n < Many / 2; n++) held.Add((await worker.FetchAsync(Queue)).GetProperty("jid").GetString()!);
        while ((await FindAsync(Queue)).ShouldNotBeNull().GetProperty("held").GetInt32() != held.Count) await Wire.InfoAsync();
        foreach (var jid in held) (await worker.AckAsync(jid)).ShouldBe("+OK");
        foreach (var jid in held) (await Wire.AskAsync("TRACK GET " + jid)).ShouldContain("success");
    }

    [Fact]
    public async Task An_operator_makes_a_worker_quiet_and_its_next_beat_says_so()
    {
        var worker = await EnterAsync(Queue);
        await Wire.PushAsync(NewJob());
        await worker.FetchAsync(Queue);
        await OrderAsync("quiet");
        await Wire.PushAsync(NewJob(FaktoryWire.NewJid()));
        (await worker.AskAsync("FETCH " + Queue)).ShouldBe("$-1");
        (await worker.AskAsync(Beat())).ShouldBe("""{"state":"quiet"}""");
        (await worker.AckAsync(Jid)).ShouldBe("+OK");
        await OrderAsync("resume");
        (await worker.AskAsync(Beat())).ShouldBe("+OK");
        await RunAsync(worker);
    }

    [Fact]
    public async Task An_operator_ends_a_worker_and_its_next_beat_says_so()
    {
        var worker = await EnterAsync(Queue);
        await Wire.PushAsync(NewJob());
        await worker.FetchAsync(Queue);
        await OrderAsync("end");
        (await worker.AskAsync(Beat())).ShouldBe("""{"state":"terminate"}""");
        (await worker.AckAsync(Jid)).ShouldBe("+OK");
        worker.Dispose();
        while (await FindAsync(Queue) is not null) await Wire.InfoAsync();
        (await Silo.Http.GetStringAsync("/v1/workers", Cancel)).ShouldNotContain(Queue, customMessage: "the order is carried out");
    }

    private string Beat() => $$"""BEAT {"wid":"{{Queue}}"}""";

    private async Task OrderAsync(string order)
    {
        using var answer = await Silo.Http.PostAsync($"/v1/workers/{Queue}/{order}", null, Cancel);
        answer.EnsureSuccessStatusCode();
    }

    private async Task<string> RunAsync(FaktoryWire wire)
    {
        var jid = (await wire.FetchAsync(Queue)).GetProperty("jid").GetString()!;
        (await wire.AckAsync(jid)).ShouldBe("+OK");
        return jid;
    }

    private async Task<JsonElement?> FindAsync(string wid)
    {
        var answer = await Silo.Http.GetStringAsync("/v1/workers", Cancel);
        var found = JsonDocument.Parse(answer).RootElement.GetProperty("workers").EnumerateArray().Where(w => w.GetProperty("worker").GetString() == wid).ToArray();
        return found.Length == 0 ? null : found[0];
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;
}
