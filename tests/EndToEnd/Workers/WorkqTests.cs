using System.Globalization;

namespace Worcr.EndToEnd.Workers;

/// <summary>The real process with the Workq gateway: jobs go from any client to any other, and survive kill -9.</summary>
public sealed class WorkqTests
{
    [Theory, EveryStore]
    public async Task Jobs_go_from_workq_to_workq_and_between_workq_and_rest(StoreKind store)
    {
        var port = Places.FreePort();
        await using var silo = await StartAsync(store, port);
        using var workq = await Workq.ConnectAsync(port);
        var (name, id) = (Names.New("workq"), NewId());

        (await workq.AddAsync(id, name, "binary \0\r\n\xff")).ShouldBe("+OK");
        (await workq.LeaseAsync(name)).ShouldBe($"{id} {name} 60000 binary \0\r\n\xff");
        (await workq.AskAsync($"complete {id}", "{\"done\":true}")).ShouldBe("+OK");
        (await workq.ResultAsync(id)).ShouldBe($"{id} 1 {{\"done\":true}}");
        (await silo.Api.JobAsync(id)).GetProperty("result").GetProperty("done").GetBoolean().ShouldBeTrue();

        var fromRest = await silo.Api.EnqueueAsync(new { type = name, args = new { n = 1 }, timeout = "9s" });
        (await workq.LeaseAsync(name)).ShouldBe($"{fromRest} {name} 9000 {{\"n\":1}}");
        (await workq.AskAsync($"fail {fromRest}", "it broke")).ShouldBe("+OK");
        (await silo.Api.JobAsync(fromRest)).GetProperty("fails").GetInt32().ShouldBe(1);

        var toRest = NewId();
        await workq.AddAsync(toRest, name + ".rest", "[1,2]");
        var worker = silo.Worker(name + ".rest");
        var leased = await worker.LeaseOneAsync();
        (leased.Id, leased.Args.GetArrayLength()).ShouldBe((toRest, 2));
        (await worker.CompleteAsync(leased, "fine")).ShouldBe("ok");
        (await workq.ResultAsync(toRest)).ShouldBe($"{toRest} 1 \"fine\"");
    }

    [Theory, EveryStore]
    public async Task What_workq_was_answered_survives_kill_9(StoreKind store)
    {
        var port = Places.FreePort();
        await using var silo = await StartAsync(store, port);
        var name = Names.New("workq");
        string[] ids = [.. Enumerable.Range(0, 5).Select(_ => NewId())];
        using (var workq = await Workq.ConnectAsync(port))
        {
            foreach (var id in ids) (await workq.AddAsync(id, name, id, ttr: "1500")).ShouldBe("+OK");
            (await workq.LeaseAsync(name)).ShouldStartWith(ids[0]);
            (await workq.AskAsync($"complete {ids[1]}", "Pong!")).ShouldBe("+OK");
            (await workq.AskAsync($"fail {ids[2]}", "it broke")).ShouldBe("+OK");
            (await workq.AskAsync($"delete {ids[3]}")).ShouldBe("+OK");
            var later = DateTime.UtcNow.AddSeconds(1).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
            (await workq.AskAsync($"schedule {NewId()} {name}.later 1000 600000 {later}", "late")).ShouldBe("+OK");
        }

        await silo.KillAsync();
        await silo.RestartAsync();
        using var after = await Workq.ConnectAsync(port);
        (await after.ResultAsync(ids[1])).ShouldBe($"{ids[1]} 1 Pong!");
        (await after.ResultAsync(ids[2])).ShouldBe($"{ids[2]} 0 it broke");
        (await after.ResultAsync(ids[3])).ShouldBe("-NOT-FOUND");
        (await after.LeaseAsync(name + ".later")).ShouldEndWith(" late");
        var both = new[] { await after.LeaseAsync(name), await after.LeaseAsync(name) }.Select(l => l.Split(' ')[0]);
        both.Order().ShouldBe(new[] { ids[0], ids[4] }.Order());
    }

    [Fact]
    public async Task A_draining_silo_takes_reports_and_ends_what_only_waits()
    {
        var port = Places.FreePort();
        await using var silo = await StartAsync(StoreKind.Sqlite, port);
        using var worker = await Workq.ConnectAsync(port);
        using var waiter = await Workq.ConnectAsync(port);
        var (name, id) = (Names.New("workq"), NewId());
        await worker.AddAsync(id, name, "x");
        await worker.LeaseAsync(name);
        var waiting = waiter.AskAsync($"lease {name} 60000");
        silo.Terminate();
        (await waiting).ShouldStartWith("-");
        (await worker.AskAsync($"complete {id}", "y")).ShouldBe("+OK");
        (await silo.ExitAsync()).ShouldBe(0);
    }

    [Theory, EveryStore]
    public async Task A_connection_that_is_ended_finishes_what_it_has_and_gets_no_more(StoreKind store)
    {
        var port = Places.FreePort();
        await using var silo = await StartAsync(store, port);
        using var worker = await Workq.ConnectAsync(port);
        var (name, first, second) = (Names.New("workq"), NewId(), NewId());
        (await worker.AddAsync(first, name, "one")).ShouldBe("+OK");
        (await worker.LeaseAsync(name)).ShouldBe($"{first} {name} 60000 one");
        var known = (await silo.Api.JobAsync(first)).GetProperty("worker").GetString()!;
        (await silo.Api.PostAsync($"/v1/workers/{Uri.EscapeDataString(known)}/end", new { })).Expect(HttpStatusCode.OK);
        using var other = await Workq.ConnectAsync(port);
        (await other.AddAsync(second, name, "two")).ShouldBe("+OK");
        (await worker.LeaseAsync(name)).ShouldStartWith("-SERVER-ERROR");
        (await worker.AskAsync($"complete {first}", "done")).ShouldBe("+OK");
        (await other.LeaseAsync(name)).ShouldBe($"{second} {name} 60000 two");
        (await other.ResultAsync(first)).ShouldBe($"{first} 1 done");
    }

    [Fact]
    public async Task A_lease_that_waits_when_its_connection_is_ended_is_answered()
    {
        var port = Places.FreePort();
        await using var silo = await StartAsync(StoreKind.Sqlite, port);
        using var worker = await Workq.ConnectAsync(port);
        var (name, id) = (Names.New("workq"), NewId());
        (await worker.AddAsync(id, name, "x")).ShouldBe("+OK");
        await worker.LeaseAsync(name);
        var known = (await silo.Api.JobAsync(id)).GetProperty("worker").GetString()!;
        (await worker.AskAsync($"complete {id}", "y")).ShouldBe("+OK");
        var waiting = worker.AskAsync($"lease {name} 60000");
        (await silo.Api.PostAsync($"/v1/workers/{Uri.EscapeDataString(known)}/end", new { })).Expect(HttpStatusCode.OK);
        (await waiting).ShouldStartWith("-SERVER-ERROR");
        (await silo.Api.PostAsync($"/v1/workers/{Uri.EscapeDataString(known)}/resume", new { })).Status.ShouldBeOneOf(HttpStatusCode.OK, HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task An_address_that_others_can_reach_is_refused()
    {
        Databases.Need(StoreKind.Sqlite);
        var spec = new SiloSpec
        {
            DatabaseUrl = await Databases.NewAsync(StoreKind.Sqlite),
            Environment = new Dictionary<string, string> { ["WORCR_WORKQ"] = "0.0.0.0:9922" },
        };
        var (code, output) = await Silo.RefusedAsync(spec);
        code.ShouldNotBe(0);
        output.ShouldContain("WORCR_WORKQ: 0.0.0.0:9922 can be reached from other machines");
    }

    private static string NewId() => Guid.NewGuid().ToString();

    private static async Task<Silo> StartAsync(StoreKind store, int port)
    {
        Databases.Need(store);
        return await Silo.StartAsync(new SiloSpec
        {
            DatabaseUrl = await Databases.NewAsync(store),
            Environment = new Dictionary<string, string> { ["WORCR_WORKQ"] = string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{port}") },
        });
    }
}
