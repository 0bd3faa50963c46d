using Worcr.Player;

namespace Worcr.EndToEnd.Silos;

/// <summary>A token's worker does what the token is for, as long as it is good.</summary>
public sealed class TokenTests
{
    private static readonly string[] Mail = ["mail"];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_token_works_within_its_scope_and_not_beyond()
    {
        await using var silo = await StartAsync();
        var token = await TokenAsync(silo, new { types = Mail, tags = new[] { "tab" }, slots = 2 });
        await using var worker = await HubWorker.RegisterAsync(silo.Url, Registration(token), Cancel);
        await silo.Api.EnqueueAsync(new { type = "mail" });
        (await worker.NextJobsAsync(Cancel))[0].GetProperty("type").GetString().ShouldBe("mail");
        var seen = (await silo.Api.GetAsync("/v1/workers"))["workers"][0];
        seen.GetProperty("tags")[0].GetString().ShouldBe("tab");
        await ShouldRefuseAsync(worker.InvokeAsync("Slots", Cancel, 3), "forbidden: slots:");
        await ShouldRefuseAsync(HubWorker.RegisterAsync(silo.Url, Registration(token) with { Types = ["*"] }, Cancel), "forbidden: types:");
        await ShouldRefuseAsync(HubWorker.RegisterAsync(silo.Url, Registration(token) with { Slots = 3 }, Cancel), "forbidden: slots:");
        await ShouldRefuseAsync(HubWorker.RegisterAsync(silo.Url, Registration(token) with { Tags = ["premium"] }, Cancel), "forbidden: tags:");

        using var http = new Api(silo.Url, token);
        (await http.PostAsync("/v1/worker/lease", new { worker = "w", types = new[] { "other" } })).ExpectProblem(HttpStatusCode.Forbidden).ShouldBe("forbidden");
        (await http.PostAsync("/v1/worker/lease", new { worker = "w" })).Expect(HttpStatusCode.OK);
        (await http.PostAsync("/v1/ns/other/worker/lease", new { worker = "w" })).ExpectProblem(HttpStatusCode.Forbidden);
        (await http.PostAsync("/v1/jobs", new { type = "mail" })).ExpectProblem(HttpStatusCode.Forbidden);
        (await http.PostAsync("/v1/tokens", new { types = Mail })).ExpectProblem(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task A_worker_is_warned_before_its_token_ends_and_cut_off_then()
    {
        await using var silo = await StartAsync();
        var token = await TokenAsync(silo, new { types = Mail, ttl = "10s" });
        await using var worker = await HubWorker.RegisterAsync(silo.Url, Registration(token), Cancel);
        (await worker.NextAsync("Drain", Cancel))[0].GetString().ShouldBe("the token expires");
        await EndAsync(worker).OrSay("a worker whose token had ended was never cut off");
        using var late = new Api(silo.Url, token);
        (await late.PostAsync("/v1/worker/lease", new { worker = "w" })).ExpectProblem(HttpStatusCode.Unauthorized);
    }

    internal static async Task<string> TokenAsync(Silo silo, object request) =>
        (await silo.Api.PostAsync("/v1/tokens", request)).Expect(HttpStatusCode.Created)["token"].GetString()!;

    private static async Task EndAsync(HubWorker worker)
    {
        while (await worker.Calls.WaitToReadAsync(Cancel)) worker.Calls.TryRead(out _);
    }

    private static HubRegistration Registration(string token) => new() { Worker = "w", Types = Mail, Slots = 2, Key = token };

    private static async Task ShouldRefuseAsync(Task call, string with) => (await Should.ThrowAsync<HubException>(call)).Message.ShouldContain(with);

    private static async Task<Silo> StartAsync()
    {
        var url = await Databases.NewAsync(StoreKind.Sqlite);
        return await KeyTests.StartAsync(url, await KeyTests.KeyAsync([], "--role", "admin", "--database-url", url));
    }
}
