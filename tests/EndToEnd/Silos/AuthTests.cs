using Worcr.Player;

namespace Worcr.EndToEnd.Silos;

public sealed class AuthTests
{
    private const string Bootstrap = "a-key-for-the-first-start-0123456789";

    [Theory, EveryStore]
    public async Task With_keys_nobody_enters_without_one(StoreKind store)
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

        await silo.Api.EnqueueAsync(new { type });
        (await silo.Worker(type).LeaseOneAsync()).Type.ShouldBe(type);
        await Should.ThrowAsync<System.Net.WebSockets.WebSocketException>(RegisterAsync(silo.Url, type, null));
        await using var worker = await RegisterAsync(silo.Url, type, Bootstrap);
    }

    private static Task<HubWorker> RegisterAsync(Uri url, string type, string? key) =>
        HubWorker.RegisterAsync(url, new() { Worker = "w", Types = [type], Key = key }, TestContext.Current.CancellationToken);
}
