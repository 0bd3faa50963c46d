using Worcr.Player;

namespace Worcr.EndToEnd.Silos;

/// <summary>Keys from the first to the last: on the command line, over REST, on every gateway, on every silo.</summary>
public sealed class KeyTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory, EveryStore]
    public async Task The_first_key_is_made_on_the_database_and_makes_the_others(StoreKind store)
    {
        Databases.Need(store);
        var url = await Databases.NewAsync(store);
        var root = await KeyAsync([], "--role", "admin", "--name", "root", "--database-url", url);
        await using var silo = await StartAsync(url, root);
        var work = await KeyAsync(At(silo, root), "--role", "worker", "--name", "tabs", "--namespace", "default", "--expires-in", "30d");
        var type = Names.New("keyed");
        await silo.Api.EnqueueAsync(new { type });
        using var worker = new Api(silo.Url, work);
        (await new HttpWorker(worker, "w", type).LeaseOneAsync()).Type.ShouldBe(type);
        (await worker.PostAsync("/v1/jobs", new { type })).ExpectProblem(HttpStatusCode.Forbidden);
        (await worker.PostAsync("/v1/ns/other/worker/lease", new { worker = "w" })).ExpectProblem(HttpStatusCode.Forbidden);
        (await worker.GetAsync("/v1/keys")).ExpectProblem(HttpStatusCode.Forbidden);
        var (_, list) = await Command.RunAsync(At(silo, root), "key", "list");
        list.ShouldContain($"tabs\tworker\tdefault\t{work[..12]}");
        (list + silo.Output).ShouldNotContain(work[14..]);
        (list + silo.Output).ShouldNotContain(root[14..]);
    }

    [Theory, EveryStore]
    public async Task A_revoked_key_opens_nothing_and_what_it_opened_is_closed(StoreKind store)
    {
        Databases.Need(store);
        var url = await Databases.NewAsync(store);
        var root = await KeyAsync([], "--role", "admin", "--database-url", url);
        await using var silo = await StartAsync(url, root);
        var work = await KeyAsync(At(silo, root), "--role", "worker", "--name", "tabs");
        await using var open = await HubWorker.RegisterAsync(silo.Url, new() { Worker = "w", Types = [Names.New("none")], Key = work }, Cancel);
        var (code, output) = await Command.RunAsync(At(silo, root), "key", "revoke", "tabs");
        code.ShouldBe(0, output);
        using var worker = new Api(silo.Url, work);
        (await worker.PostAsync("/v1/worker/lease", new { worker = "w" })).ExpectProblem(HttpStatusCode.Unauthorized);
        await open.Calls.Completion.OrSay("the connection of a revoked key was never closed");
        (await silo.Api.GetAsync("/v1/keys")).Expect(HttpStatusCode.OK);
        (code, output) = await Command.RunAsync(At(silo, root), "key", "revoke", "tabs");
        code.ShouldNotBe(0);
        output.ShouldContain("not_found");
    }

    [Fact]
    public async Task Another_silo_closes_what_a_revoked_key_opened()
    {
        Databases.Need(StoreKind.Postgres);
        var url = await Databases.NewAsync(StoreKind.Postgres);
        var root = await KeyAsync([], "--role", "admin", "--database-url", url);
        await using var silo = await StartAsync(url, root);
        var view = await KeyAsync(At(silo, root), "--role", "viewer", "--name", "eye");
        await using var events = await RawHub.ConnectAsync(silo.Url, "events", view, read: true, Cancel);
        var (code, output) = await Command.RunAsync("key", "revoke", "eye", "--database-url", url);
        code.ShouldBe(0, output);
        await events.Calls.Completion.OrSay("what was revoked on the database was never noticed by the silo");
        using var eye = new Api(silo.Url, view);
        (await eye.GetAsync("/v1/stats")).ExpectProblem(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task A_silo_without_any_key_says_so_and_lets_nobody_in()
    {
        await using var silo = await Silo.StartAsync(new SiloSpec
        {
            DatabaseUrl = "sqlite::memory:",
            Environment = new Dictionary<string, string> { ["WORCR_AUTH"] = "keys" },
        });
        (await silo.Api.GetAsync("/v1/stats")).ExpectProblem(HttpStatusCode.Unauthorized);
        silo.Output.ShouldContain("worcr key create --role admin");
    }

    [Fact]
    public async Task What_cannot_be_a_key_is_said_plainly()
    {
        var url = await Databases.NewAsync(StoreKind.Sqlite);
        foreach (var (arguments, word) in (IEnumerable<(string, string)>)[("", "--role"), ("--role king", "role"), ("--role worker --namespace UP", "namespaces[0]"), ("--role worker --expires-in 1s", "expiresIn")])
        {
            var (code, output) = await Command.RunAsync(["key", "create", .. arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries), "--database-url", url]);
            code.ShouldNotBe(0);
            output.ShouldContain(word);
            output.ShouldNotContain("   at ", Case.Sensitive);
        }
    }

    internal static Task<Silo> StartAsync(string database, string key, params (string Name, string Value)[] more) => Silo.StartAsync(new SiloSpec
    {
        DatabaseUrl = database,
        Key = key,
        Environment = new Dictionary<string, string>(more.Select(m => KeyValuePair.Create(m.Name, m.Value))) { ["WORCR_AUTH"] = "keys" },
    });

    /// <summary>The key that a call of <c>worcr key create</c> prints.</summary>
    internal static async Task<string> KeyAsync(Dictionary<string, string> environment, params string[] arguments)
    {
        var (code, output) = await Command.RunAsync(environment, ["key", "create", .. arguments]);
        code.ShouldBe(0, output);
        return output.Split('\n').Single(line => line.StartsWith("worcr_", StringComparison.Ordinal));
    }

    private static Dictionary<string, string> At(Silo silo, string key) => new() { ["WORCR_URL"] = silo.Url.ToString(), ["WORCR_KEY"] = key };
}
