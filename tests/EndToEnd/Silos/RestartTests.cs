using System.Globalization;
using Worcr.Player;

namespace Worcr.EndToEnd.Silos;

public sealed class RestartTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory, EveryStore]
    public async Task A_drained_silo_leaves_with_0_and_everything_is_there_after_the_restart(StoreKind store)
    {
        await using var silo = await StartAsync(store);
        var type = Names.New("kept");
        var ids = await silo.Api.EnqueueAllAsync(Enumerable.Range(0, 20).Select(n => new { type, args = new { n } }));
        var scheduled = await silo.Api.EnqueueAsync(new { type, delay = "1h", tags = new[] { "later" } });
        var worker = silo.Worker(type);
        var done = await worker.LeaseOneAsync();
        (await worker.CompleteAsync(done, new { kept = true })).ShouldBe("ok");
        var held = await worker.LeaseOneAsync();
        (await worker.CheckpointAsync(held, "at", 5)).Status.ShouldBeOneOf(HttpStatusCode.OK, HttpStatusCode.NoContent);

        silo.Terminate();
        (await silo.ExitAsync()).ShouldBe(0, silo.Output);
        await silo.RestartAsync();

        (await silo.Api.ListAsync($"type={type}")).Count.ShouldBe(21);
        (await silo.Api.JobAsync(done.Id)).GetProperty("result").GetProperty("kept").GetBoolean().ShouldBeTrue();
        (await silo.Api.StateAsync(scheduled)).ShouldBe("scheduled");
        var rest = new List<Leased>();
        while (rest.Count < 18) rest.AddRange(await silo.Worker(type).LeaseAsync(20));
        rest.Select(j => j.Id).Append(held.Id).Append(done.Id).Distinct().Count().ShouldBe(20);
        ids.ShouldContain(held.Id);
    }

    [Theory, EveryStore]
    public async Task Draining_asks_a_connected_worker_to_leave_and_takes_its_last_report(StoreKind store)
    {
        await using var silo = await StartAsync(store);
        var type = Names.New("drain");
        await using var worker = await HubWorker.RegisterAsync(silo.Url, new() { Worker = "w", Types = [type], Slots = 2 }, Cancel);
        var ids = await silo.Api.EnqueueAllAsync([new { type }, new { type }]);
        var leases = new List<string>();
        while (leases.Count < 2)
        {
            var jobs = await worker.NextJobsAsync(Cancel).OrSay("the jobs were never pushed");
            leases.AddRange(jobs.Select(j => j.GetProperty("lease").GetString()!));
        }

        silo.Terminate();
        await worker.NextAsync("Drain", Cancel).OrSay("the worker was never told that the silo drains");
        (await worker.ReportAsync([new { lease = leases[0], outcome = "complete" }, new { lease = leases[1], outcome = "yield" }], Cancel))
            .ShouldBe(["ok", "ok"]);
        (await silo.ExitAsync()).ShouldBe(0, silo.Output);

        await silo.RestartAsync();
        var states = new List<string>();
        foreach (var id in ids) states.Add(await silo.Api.StateAsync(id));
        states.ShouldBe(["succeeded", "ready"], ignoreOrder: true);
        (await silo.Worker(type).LeaseOneAsync()).Attempt.ShouldBe(2);
    }

    [Theory, EveryStore]
    public async Task A_killed_silo_forgets_nothing_that_it_has_answered(StoreKind store)
    {
        await using var silo = await StartAsync(store);
        var type = Names.New("killed");
        var ids = await silo.Api.EnqueueAllAsync(Enumerable.Range(0, 200).Select(n => new { type, args = new { n } }));
        var worker = silo.Worker(type);
        var done = await worker.LeaseAsync(50);
        (await worker.CompleteAllAsync(done)).ShouldAllBe(a => a == "ok");
        var held = await worker.LeaseAsync(50);

        await silo.KillAsync();
        await silo.RestartAsync();

        (await silo.Api.ListAsync($"type={type}&state=succeeded")).Select(j => j.GetProperty("id").GetString())
            .ShouldBe(done.Select(j => j.Id), ignoreOrder: true);
        (await silo.Api.ListAsync($"type={type}")).Select(j => j.GetProperty("id").GetString()).ShouldBe(ids, ignoreOrder: true);
        (await worker.CompleteAllAsync(held)).ShouldAllBe(a => a == "ok" || a == "stale");
    }

    [Theory, EveryStore]
    public async Task A_second_signal_ends_a_drain_at_once(StoreKind store)
    {
        await using var silo = await StartAsync(store, ("WORCR_DRAIN_TIMEOUT", "10m"));
        var type = Names.New("stubborn");
        await using var worker = await HubWorker.RegisterAsync(silo.Url, new() { Worker = "w", Types = [type] }, Cancel);
        await silo.Api.EnqueueAsync(new { type });
        await worker.NextJobsAsync(Cancel).OrSay("the job was never pushed");
        silo.Terminate();
        await worker.NextAsync("Drain", Cancel).OrSay("the worker was never told that the silo drains");
        silo.Terminate();
        await silo.ExitAsync();
    }

    private static async Task<Silo> StartAsync(StoreKind store, params (string Name, string Value)[] variables)
    {
        Databases.Need(store);
        return await Silo.StartAsync(new SiloSpec
        {
            DatabaseUrl = await Databases.NewAsync(store),
            Environment = variables.ToDictionary(v => v.Name, v => v.Value.ToString(CultureInfo.InvariantCulture)),
        });
    }
}
