namespace Worcr.EndToEnd.Silos;

public sealed class AuthTests
{
    private const string Bootstrap = "a-key-for-the-first-start-0123456789";

    [Theory, EveryStore]
    public async Task With_keys_nobody_enters_without_one_and_roles_hold(StoreKind store)
    {
        Databases.Need(store);
        await using var silo = await Silo.StartAsync(new SiloSpec
        {
            DatabaseUrl = await Databases.NewAsync(store),
            Key = Bootstrap,
            Environment = new Dictionary<string, string> { ["WORCR_AUTH"] = "keys", ["WORCR_BOOTSTRAP_KEY"] = Bootstrap },
        });
        var type = Names.New("locked");
        using var stranger = new Api(silo.Url);
        (await stranger.PostAsync("/v1/jobs", new { type })).ExpectProblem(HttpStatusCode.Unauthorized);
        (await stranger.GetAsync("/healthz")).Expect(HttpStatusCode.OK);
        using var liar = new Api(silo.Url, "no-such-key");
        (await liar.GetAsync("/v1/jobs")).ExpectProblem(HttpStatusCode.Unauthorized);

        var made = (await silo.Api.PostAsync("/v1/keys", new { name = "p", role = "producer" })).Expect(HttpStatusCode.Created);
        using var producer = new Api(silo.Url, made["key"].GetString());
        await producer.EnqueueAsync(new { type });
        (await producer.PostAsync("/v1/worker/lease", new { worker = "w", types = new[] { type }, max = 1 })).ExpectProblem(HttpStatusCode.Forbidden);
        (await producer.PostAsync("/v1/keys", new { name = "q", role = "admin" })).ExpectProblem(HttpStatusCode.Forbidden);
        (await silo.Api.GetAsync("/v1/keys")).Text.ShouldNotContain(made["key"].GetString()!);
    }
}
