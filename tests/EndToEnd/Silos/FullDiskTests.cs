namespace Worcr.EndToEnd.Silos;

/// <summary>The disk is full: what was accepted stays, requests hear 503, jobs can be read; and with space again it goes on by itself.</summary>
public sealed class FullDiskTests
{
    private const string Stalled = "The store takes no writes";
    private const string GoesOn = "The store takes writes again";

    [Theory, EveryStore]
    public async Task A_full_disk_refuses_loses_nothing_and_goes_on_when_there_is_space(StoreKind store)
    {
        Databases.Need(store);
        var disk = new Disk(store, await Databases.NewAsync(store));
        await using var silo = await Silo.StartAsync(disk.Spec);
        var worker = silo.Worker("t");
        var accepted = new List<string>(await silo.Api.EnqueueAllAsync(Enumerable.Range(0, 20).Select(n => new { type = "t", args = n })));
        var (done, held) = (await worker.LeaseOneAsync(), await worker.LeaseOneAsync());
        (await worker.CompleteAsync(done, "kept")).ShouldBe("ok");

        await disk.FillAsync(silo);
        var refused = Enumerable.Range(0, 8).Select(_ => Guid.NewGuid().ToString()).ToArray();
        foreach (var reply in await Task.WhenAll(refused.Select(id => silo.Api.PostAsync("/v1/jobs", new { type = "t", id })))) Unavailable(reply);
        await silo.SaidAsync(Stalled).OrSay("the log never said that the store takes no writes");
        Unavailable(await silo.Api.PostAsync("/v1/jobs", new { type = "t" })).ShouldContain("nothing was done");
        Unavailable(await silo.Api.PutAsync("/v1/pauses/p", new { match = new { } }));
        Unavailable(await silo.Api.PostAsync("/v1/worker/report", new { reports = new[] { new { lease = held.Lease, outcome = "complete" } } }));
        Unavailable(await silo.Api.PostAsync("/v1/worker/lease", new { worker = "w", types = new[] { "t" }, max = 1, wait = "1s" }));
        await CheckReadsAsync(silo, accepted, done.Id, held.Id);

        await disk.ClearAsync(silo);
        await silo.SaidAsync(GoesOn).OrSay("the log never said that the store takes writes again");
        (await silo.Api.GetAsync("/readyz")).Expect(HttpStatusCode.OK);
        foreach (var id in refused)
        {
            (await silo.Api.PostAsync("/v1/jobs", new { type = "t", id })).Status.ShouldBeOneOf(HttpStatusCode.OK, HttpStatusCode.Created);
            accepted.Add(id);
        }

        await WorkOffAsync(silo, accepted, done.Id, held);
    }

    [Theory, EveryStore]
    public async Task A_silo_that_is_stopped_or_killed_with_a_full_disk_has_everything_at_its_next_start(StoreKind store)
    {
        Databases.Need(store);
        var disk = new Disk(store, await Databases.NewAsync(store));
        await using var silo = await Silo.StartAsync(disk.Spec);
        var ids = await silo.Api.EnqueueAllAsync(Enumerable.Range(0, 5).Select(n => new { type = "t", args = n }));
        await disk.FillAsync(silo);
        Unavailable(await silo.Api.PostAsync("/v1/jobs", new { type = "t" }));
        silo.Terminate();
        (await silo.ExitAsync()).ShouldBe(0);
        if (store == StoreKind.Postgres) await disk.ClearAsync(silo);
        await silo.RestartAsync();
        foreach (var id in ids) (await silo.Api.StateAsync(id)).ShouldBe("ready");
        await disk.FillAsync(silo);
        Unavailable(await silo.Api.PostAsync("/v1/jobs", new { type = "t" }));
        await silo.KillAsync();
        if (store == StoreKind.Postgres) await disk.ClearAsync(silo);
        await silo.RestartAsync();
        foreach (var id in ids) (await silo.Api.StateAsync(id)).ShouldBe("ready");
        await silo.Api.EnqueueAsync(new { type = "t" });
    }

    private static async Task CheckReadsAsync(Silo silo, List<string> accepted, string done, string held)
    {
        var job = (await silo.Api.GetAsync($"/v1/jobs/{done}")).Expect(HttpStatusCode.OK);
        job["state"].GetString().ShouldBe("succeeded");
        job["result"].GetString().ShouldBe("kept");
        (await silo.Api.StateAsync(held)).ShouldBe("running");
        (await silo.Api.ListAsync("type=t")).Select(j => j.GetProperty("id").GetString()!).ShouldBe(accepted, ignoreOrder: true);
        (await silo.Api.ListAsync("type=t&state=running")).Select(j => j.GetProperty("id").GetString()).ShouldBe([held]);
        (await silo.Api.GetAsync("/v1/stats")).Expect(HttpStatusCode.OK);
        (await silo.Api.GetAsync("/metrics")).Expect(HttpStatusCode.OK);
        (await silo.Api.GetAsync("/healthz")).Expect(HttpStatusCode.OK);
        Unavailable(await silo.Api.GetAsync("/readyz")).ShouldContain("takes no writes");
    }

    /// <summary>Each accepted job ends once; the lease that was held is still good, or its report was taken during the trouble.</summary>
    private static async Task WorkOffAsync(Silo silo, List<string> accepted, string done, Leased held)
    {
        var worker = silo.Worker("t");
        var completed = new List<string> { done, held.Id };
        (await worker.CompleteAsync(held)).ShouldBeOneOf("ok", "stale");
        (await silo.Api.StateAsync(held.Id)).ShouldBe("succeeded");
        while (completed.Count(accepted.Contains) < accepted.Count)
        {
            var jobs = await worker.LeaseAsync(max: 10);
            jobs.ShouldNotBeEmpty("accepted jobs never came to a worker");
            (await worker.CompleteAllAsync(jobs)).ShouldAllBe(r => r == "ok");
            completed.AddRange(jobs.Select(j => j.Id));
        }

        completed.ShouldBeUnique();
        foreach (var id in accepted) (await silo.Api.StateAsync(id)).ShouldBe("succeeded");
    }

    private static string Unavailable(Reply reply)
    {
        reply.ExpectProblem(HttpStatusCode.ServiceUnavailable).ShouldBe("unavailable");
        return reply["detail"].GetString()!;
    }
}
