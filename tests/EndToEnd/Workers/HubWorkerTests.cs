using Worcr.Player;

namespace Worcr.EndToEnd.Workers;

public sealed class HubWorkerTests(SharedSilos silos)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory, EveryStore]
    public async Task Jobs_are_pushed_within_the_slots_and_no_further(StoreKind store)
    {
        var silo = await silos.OnAsync(store);
        var type = Names.New("pushed");
        await silo.Api.EnqueueAllAsync(Enumerable.Range(0, 5).Select(_ => new { type, timeout = "10m" }));
        await using var worker = await RegisterAsync(silo.Url, type, slots: 2);
        var held = new List<string>();
        while (held.Count < 2) held.AddRange(Leases(await worker.NextJobsAsync(Cancel).OrSay("the jobs were never pushed")));
        held.Count.ShouldBe(2);
        (await silo.Api.ListAsync($"type={type}&state=running")).Count.ShouldBe(2);

        for (var done = 1; done <= 5; done++)
        {
            (await CompleteAsync(worker, held[0])).ShouldBe("ok");
            held.RemoveAt(0);
            if (done <= 3) held.AddRange(Leases(await worker.NextJobsAsync(Cancel).OrSay("the next job was never pushed")));
            held.Count.ShouldBeLessThanOrEqualTo(2);
        }

        (await silo.Api.ListAsync($"type={type}&state=succeeded")).Count.ShouldBe(5);
    }

    [Theory, EveryStore]
    public async Task A_worker_that_drops_re_attaches_with_what_it_holds(StoreKind store)
    {
        var silo = await silos.OnAsync(store);
        await using var proxy = new CuttingProxy(silo.Url);
        var type = Names.New("re-attached");
        var id = await silo.Api.EnqueueAsync(new { type });
        string lease;
        await using (var first = await RegisterAsync(proxy.Url, type))
        {
            lease = Leases(await first.NextJobsAsync(Cancel).OrSay("the job was never pushed"))[0];
            proxy.Cut();
            await first.Calls.Completion.OrSay("the cut connection was not noticed");
        }

        await using var second = await RegisterAsync(proxy.Url, type, held: [lease, "7fffffff-1-deadbeef"]);
        second.Accepted.ShouldBe([lease]);
        (await CompleteAsync(second, lease)).ShouldBe("ok");
        (await silo.Api.JobAsync(id)).GetProperty("attempt").GetInt32().ShouldBe(1);
    }

    [Theory, EveryStore]
    public async Task A_worker_that_drops_and_stays_away_loses_its_job_to_another(StoreKind store)
    {
        var silo = await silos.OnAsync(store);
        var type = Names.New("lost");
        var id = await silo.Api.EnqueueAsync(new { type, timeout = "5m", retry = new { @base = "1ms", backoff = "fixed" } });
        string lease;
        await using (var first = await RegisterAsync(silo.Url, type))
        {
            lease = Leases(await first.NextJobsAsync(Cancel).OrSay("the job was never pushed"))[0];
            first.Abort();
        }

        await using var second = await RegisterAsync(silo.Url, type, name: "other");
        var jobs = await second.NextJobsAsync(Cancel).OrSay("the job of a worker that is gone never came back", Patience.Process);
        jobs[0].GetProperty("id").GetString().ShouldBe(id);
        jobs[0].GetProperty("attempt").GetInt32().ShouldBe(2);
        (await CompleteAsync(second, lease)).ShouldBe("stale");
        (await CompleteAsync(second, Leases(jobs)[0])).ShouldBe("ok");
    }

    [Theory, EveryStore]
    public async Task A_worker_that_drains_is_given_no_more_and_may_finish(StoreKind store)
    {
        var silo = await silos.OnAsync(store);
        var type = Names.New("leaving");
        await silo.Api.EnqueueAllAsync(Enumerable.Range(0, 2).Select(_ => new { type }));
        await using var leaver = await RegisterAsync(silo.Url, type);
        var lease = Leases(await leaver.NextJobsAsync(Cancel).OrSay("the job was never pushed"))[0];
        await leaver.InvokeAsync("Drain", Cancel);
        (await CompleteAsync(leaver, lease)).ShouldBe("ok");

        await using var stayer = await RegisterAsync(silo.Url, type, name: "stayer");
        var rest = Leases(await stayer.NextJobsAsync(Cancel).OrSay("the other worker was not given the rest"));
        (await CompleteAsync(stayer, rest[0])).ShouldBe("ok");
        leaver.Calls.TryRead(out var more).ShouldBeTrue("a drain is answered with Drain");
        more!.Target.ShouldBe("Drain");
    }

    [Theory, EveryStore]
    public async Task A_worker_that_changes_its_slots_is_given_as_many(StoreKind store)
    {
        var silo = await silos.OnAsync(store);
        var type = Names.New("slots");
        await silo.Api.EnqueueAllAsync(Enumerable.Range(0, 3).Select(_ => new { type, timeout = "10m" }));
        await using var worker = await RegisterAsync(silo.Url, type, slots: 0);
        (await silo.Api.ListAsync($"type={type}&state=running")).ShouldBeEmpty();
        await worker.InvokeAsync("Slots", Cancel, 3);
        var held = new List<string>();
        while (held.Count < 3) held.AddRange(Leases(await worker.NextJobsAsync(Cancel).OrSay("the jobs were never pushed")));
        foreach (var lease in held) (await CompleteAsync(worker, lease)).ShouldBe("ok");
    }

    private static Task<HubWorker> RegisterAsync(Uri url, string type, int slots = 1, string name = "w", params string[] held) =>
        HubWorker.RegisterAsync(url, new() { Worker = name, Types = [type], Slots = slots, Held = held }, Cancel);

    private static List<string> Leases(IEnumerable<JsonElement> jobs) => [.. jobs.Select(j => j.GetProperty("lease").GetString()!)];

    private static async Task<string> CompleteAsync(HubWorker worker, string lease) =>
        (await worker.ReportAsync([new { lease, outcome = "complete" }], Cancel)).Single();
}
