using Worcr.Player;

namespace Worcr.EndToEnd.Hostile;

/// <summary>Clients that do what no client should, on a silo of their own, while another one goes on being served.</summary>
public sealed class HubAbuseTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_client_that_floods_the_hub_does_not_stop_the_others()
    {
        await using var silo = await StartAsync();
        var type = Names.New("flooded");
        await using var flooder = await HubWorker.RegisterAsync(silo.Url, new() { Worker = "flooder", Types = [Names.New("none")] }, Cancel);
        var flood = Enumerable.Range(0, 5_000)
            .Select(n => flooder.ReportAsync([new { lease = $"{n:x}-1-00000000", outcome = "complete" }], Cancel)).ToList();
        await ServesAsync(silo, type);
        foreach (var answer in flood) await OutcomeAsync(answer);
        await ServesAsync(silo, type);
    }

    [Fact]
    public async Task A_client_that_never_reads_is_given_up_and_its_jobs_come_back()
    {
        await using var silo = await StartAsync();
        var type = Names.New("unread");
        await using var deaf = await RawHub.ConnectAsync(silo.Url, "worker", null, read: false, Cancel);
        var registration = new { worker = "deaf", types = new[] { type }, tags = Array.Empty<string>(), slots = 1000, prefetch = 0, held = Array.Empty<string>() };
        await deaf.SendAsync(JsonSerializer.Serialize(new { type = 1, invocationId = "1", target = "Register", arguments = new[] { registration } }), Cancel);
        var args = new string('a', 50_000);
        var ids = await silo.Api.EnqueueAllAsync(Enumerable.Range(0, 200).Select(_ => new { type, args, timeout = "5s" }));
        await ServesAsync(silo, Names.New("beside"));
        deaf.Abort();

        var worker = silo.Worker(type);
        var done = new HashSet<string>();
        while (done.Count < ids.Count)
        {
            var jobs = await worker.LeaseAsync(100);
            jobs.ShouldNotBeEmpty($"{ids.Count - done.Count} jobs of a worker that is gone never came back");
            (await worker.CompleteAllAsync(jobs)).ShouldAllBe(a => a == "ok");
            done.UnionWith(jobs.Select(j => j.Id));
        }
    }

    [Fact]
    public async Task Leases_that_another_client_holds_cannot_be_reported_noted_or_guessed()
    {
        await using var silo = await StartAsync();
        var type = Names.New("stolen");
        await silo.Api.EnqueueAsync(new { type });
        var owner = silo.Worker(type);
        var job = await owner.LeaseOneAsync();
        await using var thief = await HubWorker.RegisterAsync(silo.Url, new() { Worker = "thief", Types = [Names.New("none")] }, Cancel);
        var parts = job.Lease.Split('-');
        var guesses = Enumerable.Range(0, 256).Select(n => new { lease = $"{parts[0]}-{parts[1]}-{n:x8}", outcome = "complete" });
        (await thief.ReportAsync(guesses, Cancel)).ShouldAllBe(a => a == "stale");
        (await owner.CompleteAsync(job)).ShouldBe("ok");
    }

    [Theory]
    [InlineData("not json at all")]
    [InlineData("""{"type":99}""")]
    [InlineData("""{"type":1,"target":"NoSuchMethod","arguments":[],"invocationId":"1"}""")]
    [InlineData("""{"type":1,"target":"Report","arguments":["a","b","c"],"invocationId":"1"}""")]
    [InlineData("""{"type":1,"target":"Register","arguments":[null],"invocationId":"1"}""")]
    [InlineData("""{"type":1,"target":"Register","arguments":[{"worker":7}],"invocationId":"1"}""")]
    public async Task Nonsense_on_the_hub_harms_nobody_else(string record)
    {
        await using var silo = await StartAsync();
        await using var fool = await RawHub.ConnectAsync(silo.Url, "worker", null, read: true, Cancel);
        await fool.SendAsync(record, Cancel);
        await ServesAsync(silo, Names.New("beside"));
        silo.Output.ShouldNotContain("NullReferenceException");
    }

    [Fact]
    public async Task A_record_without_end_is_cut_off()
    {
        await using var silo = await StartAsync();
        await using var endless = await RawHub.ConnectAsync(silo.Url, "worker", null, read: true, Cancel);
        await OutcomeAsync(endless.SendAsync(new string('x', 16 << 20), Cancel));
        await endless.Calls.Completion.OrSay("a record of 16 MiB was not cut off");
        await ServesAsync(silo, Names.New("beside"));
    }

    private static async Task<Silo> StartAsync() =>
        await Silo.StartAsync(new SiloSpec { DatabaseUrl = await Databases.NewAsync(StoreKind.Sqlite) });

    /// <summary>The silo takes a job, gives it to another worker on the hub and takes its report.</summary>
    private static async Task ServesAsync(Silo silo, string type)
    {
        await using var worker = await HubWorker.RegisterAsync(silo.Url, new() { Worker = "honest", Types = [type] }, Cancel);
        var id = await silo.Api.EnqueueAsync(new { type });
        var jobs = await worker.NextJobsAsync(Cancel).OrSay("the honest worker was not served");
        (await worker.ReportAsync([new { lease = jobs[0].GetProperty("lease").GetString(), outcome = "complete" }], Cancel)).ShouldBe(["ok"]);
        (await silo.Api.StateAsync(id)).ShouldBe("succeeded");
    }

    /// <summary>An abuser may be answered, refused or cut off: all that counts is that it comes to an end.</summary>
    private static async Task OutcomeAsync(Task abuse)
    {
        try
        {
            await abuse.OrSay("the abuser was neither answered nor cut off", Patience.Process);
        }
        catch (Exception e) when (e is HubException or System.Net.WebSockets.WebSocketException or IOException)
        {
            // Refused or cut off.
        }
    }
}
