using Worcr.Player;

namespace Worcr.EndToEnd.Silos;

/// <summary>Two silos over one PostgreSQL database.</summary>
public sealed class TwoSiloTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>Whether they run is seen from outside, at an endpoint: nobody asks the second silo about these namespaces.</summary>
    [Fact]
    public async Task Namespaces_of_a_silo_that_died_go_on_at_another_without_being_asked_for()
    {
        Databases.Need(StoreKind.Postgres);
        var database = await Databases.NewAsync(StoreKind.Postgres);
        await using var target = await PushTarget.StartAsync();
        await using var second = await StartAsync(database);
        await using var first = await StartAsync(database);
        foreach (var space in (string[])["timed", "waiting"])
        {
            (await first.Api.PutAsync($"/v1/ns/{space}/endpoints/e", new { url = target.Url, types = new[] { "*" } })).Expect(HttpStatusCode.Created);
        }

        (await first.Api.PutAsync("/v1/ns/timed/schedules/s", new { cron = "* * * * * *", job = new { type = "tick" } })).Expect(HttpStatusCode.Created);
        var later = (await first.Api.PostAsync("/v1/ns/waiting/jobs", new { type = "later", delay = "5s" })).Expect(HttpStatusCode.Created)["id"].GetString();
        (await TakeAsync(target, first)).Type.ShouldBe("tick");

        await first.KillAsync();

        var seen = new HashSet<string>();
        while (seen.Count < 2)
        {
            var job = await TakeAsync(target, second);
            if (job.Type == "later") job.Id.ShouldBe(later);
            seen.Add(job.Type);
        }

        second.Output.ShouldContain("Namespace timed has no owner");
    }

    [Fact]
    public async Task Namespaces_of_a_silo_that_stops_go_on_at_another_without_being_asked_for()
    {
        Databases.Need(StoreKind.Postgres);
        var database = await Databases.NewAsync(StoreKind.Postgres);
        await using var target = await PushTarget.StartAsync();
        await using var second = await StartAsync(database);
        await using var first = await StartAsync(database);
        (await first.Api.PutAsync("/v1/ns/left/endpoints/e", new { url = target.Url, types = new[] { "*" } })).Expect(HttpStatusCode.Created);
        (await first.Api.PutAsync("/v1/ns/left/schedules/s", new { cron = "* * * * * *", job = new { type = "tick" } })).Expect(HttpStatusCode.Created);
        await TakeAsync(target, first);
        first.Terminate();
        while ((await NextAsync(target)).From != second.Url)
        {
        }

        (await first.ExitAsync()).ShouldBe(0, first.Output);
    }

    [Fact]
    public async Task A_key_is_good_on_both_within_seconds_and_bad_on_both_when_it_is_revoked()
    {
        Databases.Need(StoreKind.Postgres);
        var database = await Databases.NewAsync(StoreKind.Postgres);
        var root = await KeyTests.KeyAsync([], "--role", "admin", "--database-url", database);
        await using var first = await KeyTests.StartAsync(database, root);
        await using var second = await KeyTests.StartAsync(database, root);
        var key = (await first.Api.PostAsync("/v1/keys", new { name = "both", role = "admin" })).Expect(HttpStatusCode.Created)["key"].GetString()!;
        using var atFirst = new Api(first.Url, key);
        using var atSecond = new Api(second.Url, key);
        (await atFirst.GetAsync("/v1/keys")).Expect(HttpStatusCode.OK);
        await BecomesAsync(atSecond, HttpStatusCode.OK, "the second silo never accepted a key of the first");

        await using var openAtFirst = await RawHub.ConnectAsync(first.Url, "events", key, read: true, Cancel);
        await using var openAtSecond = await RawHub.ConnectAsync(second.Url, "events", key, read: true, Cancel);
        (await second.Api.DeleteAsync("/v1/keys/both")).Expect(HttpStatusCode.NoContent);
        (await atSecond.GetAsync("/v1/keys")).ExpectProblem(HttpStatusCode.Unauthorized);
        await BecomesAsync(atFirst, HttpStatusCode.Unauthorized, "the first silo never heard that the key was revoked");
        await openAtFirst.Calls.Completion.OrSay("the first silo never closed what a key opened that was revoked on the second");
        await openAtSecond.Calls.Completion.OrSay("the second silo never closed what a revoked key opened");
    }

    private static async Task BecomesAsync(Api api, HttpStatusCode expected, string otherwise)
    {
        var deadline = Environment.TickCount64 + (long)Patience.Event.TotalMilliseconds;
        while ((await api.GetAsync("/v1/keys")).Status != expected)
        {
            if (Environment.TickCount64 > deadline) throw new TimeoutException(otherwise);
        }
    }

    /// <summary>The next job that this silo sent; those that another one sent before are let go.</summary>
    private static async Task<Leased> TakeAsync(PushTarget target, Silo from)
    {
        while (true)
        {
            var (silo, job) = await NextAsync(target);
            if (silo == from.Url) return job;
        }
    }

    private static async Task<(Uri From, Leased Job)> NextAsync(PushTarget target)
    {
        var request = await target.NextAsync();
        request.Answer(200);
        return (new Uri(new Uri(request["worcr-callback"]!), "/"), request.Job);
    }

    private static async Task<Silo> StartAsync(string database) => await Silo.StartAsync(new SiloSpec
    {
        DatabaseUrl = database,
        Environment = new Dictionary<string, string> { ["WORCR_PUSH_ALLOW"] = "loopback" },
    });
}
