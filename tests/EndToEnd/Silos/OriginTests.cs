using System.Net.WebSockets;

namespace Worcr.EndToEnd.Silos;

/// <summary>Which web pages may call a silo.</summary>
public sealed class OriginTests
{
    private const string Named = "https://app.example";
    private const string Foreign = "https://evil.example";
    private const string Bootstrap = "a-key-for-the-first-start-0123456789";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task With_keys_named_pages_may_ask_and_others_are_not_let_in()
    {
        await using var silo = await StartAsync(("WORCR_AUTH", "keys"), ("WORCR_BOOTSTRAP_KEY", Bootstrap), ("WORCR_CORS", Named));
        (await PreflightAsync(silo, Named)).ShouldBe(Named);
        (await PreflightAsync(silo, Foreign)).ShouldBeNull();
        foreach (var hub in (string[])["worker", "events"])
        {
            using var own = await ConnectAsync(silo, hub, null);
            using var named = await ConnectAsync(silo, hub, Named);
            (await Should.ThrowAsync<WebSocketException>(ConnectAsync(silo, hub, Foreign))).Message.ShouldContain("403");
        }
    }

    [Fact]
    public async Task Without_keys_no_foreign_page_gets_at_a_local_silo()
    {
        await using var silo = await StartAsync(("WORCR_CORS", Named));
        (await PreflightAsync(silo, Named)).ShouldBe(Named);
        (await PreflightAsync(silo, Foreign)).ShouldBeNull();
        (await SendAsync(silo, HttpMethod.Post, Foreign)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await SendAsync(silo, HttpMethod.Post, "null")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await Should.ThrowAsync<WebSocketException>(ConnectAsync(silo, "worker", Foreign))).Message.ShouldContain("403");
        using var own = await ConnectAsync(silo, "worker", silo.Url.GetLeftPart(UriPartial.Authority));
        using var rebound = new HttpRequestMessage(HttpMethod.Get, new Uri(silo.Url, "/v1/stats")) { Headers = { Host = "evil.example" } };
        using var http = new HttpClient();
        (await http.SendAsync(rebound, Cancel)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task Every_page_may_call_only_with_keys_and_never_with_credentials()
    {
        await using var silo = await StartAsync(("WORCR_AUTH", "keys"), ("WORCR_BOOTSTRAP_KEY", Bootstrap), ("WORCR_CORS", "*"));
        (await PreflightAsync(silo, Foreign)).ShouldBe("*");
        (await SendAsync(silo, HttpMethod.Options, Foreign)).Headers.Contains("Access-Control-Allow-Credentials").ShouldBeFalse();
        using var any = await ConnectAsync(silo, "worker", Foreign);
        var (code, output) = await Silo.RefusedAsync(Spec(("WORCR_CORS", "*")));
        code.ShouldNotBe(0);
        output.ShouldContain("WORCR_CORS");
    }

    private static async Task<string?> PreflightAsync(Silo silo, string origin) =>
        (await SendAsync(silo, HttpMethod.Options, origin)).Headers.TryGetValues("Access-Control-Allow-Origin", out var allowed) ? allowed.Single() : null;

    private static async Task<HttpResponseMessage> SendAsync(Silo silo, HttpMethod method, string origin)
    {
        using var request = new HttpRequestMessage(method, new Uri(silo.Url, "/v1/tokens"));
        request.Headers.Add("Origin", origin);
        request.Headers.Add("Access-Control-Request-Method", "POST");
        request.Headers.Add("Access-Control-Request-Headers", "authorization,content-type");
        using var http = new HttpClient();
        return await http.SendAsync(request, Cancel);
    }

    private static async Task<ClientWebSocket> ConnectAsync(Silo silo, string hub, string? origin)
    {
        var socket = new ClientWebSocket();
        if (origin is not null) socket.Options.SetRequestHeader("Origin", origin);
        try
        {
            await socket.ConnectAsync(new UriBuilder(silo.Url) { Scheme = "ws", Path = $"/hubs/{hub}", Query = $"access_token={Bootstrap}" }.Uri, Cancel);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static Task<Silo> StartAsync(params (string Name, string Value)[] environment) => Silo.StartAsync(Spec(environment));

    private static SiloSpec Spec(params (string Name, string Value)[] environment) => new()
    {
        DatabaseUrl = "sqlite::memory:",
        Environment = new Dictionary<string, string>(environment.Select(e => KeyValuePair.Create(e.Name, e.Value))),
    };
}
