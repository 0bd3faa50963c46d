using Worcr.Player;

namespace Worcr.EndToEnd.Workers;

/// <summary>Limits that workers acquire while they run jobs, over the hub and over HTTP, of the same permits.</summary>
public sealed class AcquireTests(SharedSilos silos)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory, EveryStore]
    public async Task Permits_are_never_more_than_the_limit_and_come_back_when_attempts_end(StoreKind store)
    {
        var silo = await silos.OnAsync(store);
        var (type, limit) = (Names.New("acquire"), Names.New("limit"));
        await PutLimitAsync(silo, limit);
        await silo.Api.EnqueueAllAsync(Enumerable.Range(0, 4).Select(_ => new { type, timeout = "10m" }));
        var http = silo.Worker(type);
        var polled = await http.LeaseAsync(2);
        await using var hub = await HubAsync(silo.Url, type);
        var pushed = await HeldAsync(hub, 2);

        (await AcquireAsync(silo, polled[0], limit)).ShouldBeTrue();
        (await AcquireAsync(hub, pushed[0], limit)).ShouldBeTrue();
        (await AcquireAsync(silo, polled[1], limit)).ShouldBeFalse();
        (await AcquireAsync(hub, pushed[1], limit)).ShouldBeFalse();
        await UsedAsync(silo, limit, 2);

        var waiting = AcquireAsync(hub, pushed[1], limit, wait: "60s");
        (await http.CompleteAsync(polled[0])).ShouldBe("ok");
        (await waiting.OrSay("the permit of a finished job never came to who waits")).ShouldBeTrue();
        (await AcquireAsync(silo, polled[1], limit)).ShouldBeFalse();
        (await hub.ReportAsync([new { lease = pushed[0], outcome = "fail" }, new { lease = pushed[1], outcome = "yield" }], Cancel)).ShouldBe(["ok", "ok"]);
        (await AcquireAsync(silo, polled[1], limit, n: 2)).ShouldBeTrue();
        (await http.CompleteAsync(polled[1])).ShouldBe("ok");
        await UsedAsync(silo, limit, 0);
    }

    [Theory, EveryStore]
    public async Task Permits_of_a_worker_that_died_come_back_with_its_lease(StoreKind store)
    {
        var silo = await silos.OnAsync(store);
        var (type, limit) = (Names.New("acquire-died"), Names.New("limit"));
        await PutLimitAsync(silo, limit);
        await silo.Api.EnqueueAsync(new { type, timeout = "5m", retry = new { maxAttempts = 1 } });
        await using (var victim = await HubAsync(silo.Url, type, slots: 1))
        {
            var lease = (await HeldAsync(victim, 1))[0];
            (await AcquireAsync(victim, lease, limit, n: 2)).ShouldBeTrue();
            victim.Abort();
        }

        await silo.Api.EnqueueAsync(new { type, timeout = "5m" });
        var http = silo.Worker(type);
        var heir = await http.LeaseOneAsync();
        (await AcquireAsync(silo, heir, limit)).ShouldBeFalse();
        (await AcquireAsync(silo, heir, limit, n: 2, wait: "60s")).ShouldBeTrue();
        (await http.CompleteAsync(heir)).ShouldBe("ok");
    }

    private static async Task PutLimitAsync(Silo silo, string limit) =>
        (await silo.Api.PutAsync($"/v1/limits/{limit}", new { kind = "concurrency", limit = 2, use = "worker" })).Expect(HttpStatusCode.Created);

    private static Task<HubWorker> HubAsync(Uri silo, string type, int slots = 2) =>
        HubWorker.RegisterAsync(silo, new() { Worker = "hub", Types = [type], Slots = slots, Prefetch = 0, Held = [] }, Cancel);

    private static async Task<List<string>> HeldAsync(HubWorker worker, int count)
    {
        var held = new List<string>();
        while (held.Count < count) held.AddRange((await worker.NextJobsAsync(Cancel).OrSay("the jobs were never pushed")).Select(j => j.GetProperty("lease").GetString()!));
        return held;
    }

    private static async Task<bool> AcquireAsync(Silo silo, Leased job, string limit, int n = 1, string wait = "0s")
    {
        var reply = (await silo.Api.PostAsync("/v1/worker/acquire", new { lease = job.Lease, limit, n, wait })).Expect(HttpStatusCode.OK);
        reply["result"].GetString().ShouldBe("ok");
        return reply["granted"].GetBoolean();
    }

    private static async Task<bool> AcquireAsync(HubWorker worker, string lease, string limit, int n = 1, string wait = "0s") =>
        (await worker.InvokeAsync("Acquire", Cancel, lease, limit, null, n, wait)).GetBoolean();

    /// <summary>How a limit stands; it has no call that waits. One that nobody uses shows nothing.</summary>
    private static async Task UsedAsync(Silo silo, string limit, int used)
    {
        var deadline = Environment.TickCount64 + (long)Patience.Process.TotalMilliseconds;
        while (true)
        {
            var seen = (await silo.Api.GetAsync($"/v1/limits/{limit}")).Expect(HttpStatusCode.OK).Json;
            if (seen.GetProperty("usage").EnumerateArray().Sum(l => l.GetProperty("used").GetInt64()) == used) return;
            if (Environment.TickCount64 > deadline) throw new TimeoutException($"{used} permits were never used: {seen}");
        }
    }
}
