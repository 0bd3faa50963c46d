using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Worcr.SiloHost.Hosting;
using Worcr.Unit.Api;

namespace Worcr.Unit.Auth;

/// <summary>Keys and tokens over REST, from their making to their end.</summary>
public sealed class KeyEndpointTests : ApiHost
{
    private const string Admin = "correct-horse-battery";

    protected override SiloOptions Options => base.Options with { Auth = AuthMode.Keys, BootstrapKey = Admin };

    [Fact]
    public async Task A_key_is_shown_once_and_kept_as_a_hash()
    {
        var made = await SendAsync(HttpMethod.Post, "/v1/keys", Admin, """{"name":"ci","role":"producer","namespaces":["default"],"expiresIn":"30d"}""");
        made.StatusCode.ShouldBe(HttpStatusCode.Created);
        made.Headers.CacheControl!.NoStore.ShouldBeTrue();
        var document = await JsonAsync(made);
        var key = document.GetProperty("key").GetString()!;
        key.ShouldStartWith("worcr_");
        key.Length.ShouldBe(49);
        key.ShouldStartWith(document.GetProperty("prefix").GetString()!);
        document.GetProperty("expiresAt").GetString().ShouldBe("2026-07-01T12:00:00.000Z");
        var listed = await (await SendAsync(HttpMethod.Get, "/v1/keys", Admin)).Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        listed.ShouldContain("\"ci\"");
        listed.ShouldNotContain(key[20..]);
        var stored = Keys.Database.Keys["ci"];
        stored.Hash.ShouldBe(System.Security.Cryptography.SHA256.HashData(Encoding.UTF8.GetBytes(key)));
        stored.ToString().ShouldNotContain(key[20..]);
        (await SendAsync(HttpMethod.Post, "/v1/jobs", key, """{"type":"a"}""")).EnsureSuccessStatusCode();
    }

    [Fact]
    public async Task A_key_ends_when_it_expires_or_is_revoked()
    {
        var brief = await KeyAsync("""{"name":"brief","role":"viewer","expiresIn":"1m"}""");
        var lasting = await KeyAsync("""{"name":"lasting","role":"viewer"}""");
        (await SendAsync(HttpMethod.Get, "/v1/stats", brief)).EnsureSuccessStatusCode();
        Clock.Now += TimeSpan.FromMinutes(1);
        await ShouldFailAsync(await SendAsync(HttpMethod.Get, "/v1/stats", brief), 401, "unauthorized");
        (await SendAsync(HttpMethod.Get, "/v1/stats", lasting)).EnsureSuccessStatusCode();
        (await SendAsync(HttpMethod.Delete, "/v1/keys/lasting", Admin)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        await ShouldFailAsync(await SendAsync(HttpMethod.Get, "/v1/stats", lasting), 401, "unauthorized");
        await ShouldFailAsync(await SendAsync(HttpMethod.Delete, "/v1/keys/lasting", Admin), 404, "not_found");
    }

    [Theory]
    [InlineData("""{"role":"viewer"}""", 400, "invalid_field", "name")]
    [InlineData("""{"name":"","role":"viewer"}""", 400, "invalid_field", "name")]
    [InlineData("""{"name":"a","role":"king"}""", 400, "invalid_field", "role")]
    [InlineData("""{"name":"a","role":"viewer","namespaces":[]}""", 400, "invalid_field", "namespaces")]
    [InlineData("""{"name":"a","role":"viewer","namespaces":["a","B"]}""", 400, "invalid_field", "namespaces[1]")]
    [InlineData("""{"name":"a","role":"viewer","expiresIn":"59s"}""", 400, "invalid_field", "expiresIn")]
    [InlineData("""{"name":"a","role":"viewer","roles":[]}""", 400, "unknown_field", "roles")]
    [InlineData("""{"name":"taken","role":"viewer"}""", 409, "name_taken", "name")]
    public async Task What_cannot_be_a_key_is_refused_by_name(string body, int status, string code, string path)
    {
        await KeyAsync("""{"name":"taken","role":"viewer"}""");
        await ShouldFailAsync(await SendAsync(HttpMethod.Post, "/v1/keys", Admin, body), status, code, path);
        Keys.Database.Keys.Keys.ShouldBe(["taken"]);
    }

    [Theory]
    [InlineData("admin", "", 201, 200, 201, 200)]
    [InlineData("operator", "", 403, 200, 201, 200)]
    [InlineData("producer", "", 403, 200, 403, 200)]
    [InlineData("worker", "", 403, 403, 201, 403)]
    [InlineData("viewer", "", 403, 200, 403, 200)]
    [InlineData("admin", ""","namespaces":["default"]""", 403, 200, 201, 403)]
    [InlineData("operator", ""","namespaces":["other"]""", 403, 403, 403, 200)]
    public async Task A_role_opens_what_it_should(string role, string where, int keys, int stats, int tokens, int other)
    {
        var key = await KeyAsync($$"""{"name":"k","role":"{{role}}"{{where}}}""");
        await ShouldAnswerAsync(keys, HttpMethod.Post, "/v1/keys", key, """{"name":"l","role":"viewer"}""");
        await ShouldAnswerAsync(stats, HttpMethod.Get, "/v1/stats", key);
        await ShouldAnswerAsync(tokens, HttpMethod.Post, "/v1/tokens", key, """{"types":["a"]}""");
        await ShouldAnswerAsync(other, HttpMethod.Get, "/v1/ns/other/stats", key);
        await ShouldAnswerAsync(other, HttpMethod.Get, "/metrics?namespace=other", key);
    }

    [Fact]
    public async Task A_token_opens_nothing_but_work_and_ends_with_its_key()
    {
        var key = await KeyAsync("""{"name":"k","role":"worker"}""");
        var answer = await JsonAsync(await SendAsync(HttpMethod.Post, "/v1/tokens", key, """{"types":["a"],"ttl":"1h"}"""));
        answer.GetProperty("expiresAt").GetString().ShouldBe("2026-06-01T13:00:00.000Z");
        var token = answer.GetProperty("token").GetString()!;
        foreach (var path in (string[])["/v1/jobs", "/v1/stats", "/v1/keys", "/metrics", "/openapi/v1.json"])
            await ShouldFailAsync(await SendAsync(HttpMethod.Get, path, token), 403, "forbidden");
        await ShouldFailAsync(await SendAsync(HttpMethod.Post, "/v1/tokens", token, """{"types":["a"]}"""), 403, "forbidden");
        await SendAsync(HttpMethod.Delete, "/v1/keys/k", Admin);
        await ShouldFailAsync(await SendAsync(HttpMethod.Post, "/v1/tokens", token, """{"types":["a"]}"""), 401, "unauthorized");
    }

    [Fact]
    public async Task A_token_does_not_outlive_its_key()
    {
        var key = await KeyAsync("""{"name":"k","role":"operator","expiresIn":"5m"}""");
        var answer = await JsonAsync(await SendAsync(HttpMethod.Post, "/v1/tokens", key, """{"types":["a"],"ttl":"1h"}"""));
        answer.GetProperty("expiresAt").GetString().ShouldBe("2026-06-01T12:05:00.000Z");
    }

    [Theory]
    [InlineData("{}", "types")]
    [InlineData("""{"types":[]}""", "types")]
    [InlineData("""{"types":["a",""]}""", "types[1]")]
    [InlineData("""{"types":["a"],"tags":[""]}""", "tags[0]")]
    [InlineData("""{"types":["a"],"slots":0}""", "slots")]
    [InlineData("""{"types":["a"],"slots":10001}""", "slots")]
    [InlineData("""{"types":["a"],"ttl":"9s"}""", "ttl")]
    [InlineData("""{"types":["a"],"ttl":"25h"}""", "ttl")]
    public async Task What_cannot_be_a_token_is_refused_by_name(string body, string path) =>
        await ShouldFailAsync(await SendAsync(HttpMethod.Post, "/v1/tokens", Admin, body), 400, "invalid_field", path);

    [Fact]
    public async Task A_token_that_is_too_long_for_an_address_is_refused()
    {
        var types = string.Join(',', Enumerable.Range(0, 40).Select(n => $"\"{new string('t', 200)}{n}\""));
        await ShouldFailAsync(await SendAsync(HttpMethod.Post, "/v1/tokens", Admin, $$"""{"types":[{{types}}]}"""), 400, "invalid_field", "types");
    }

    [Fact]
    public async Task A_store_that_is_away_is_not_a_defect()
    {
        Keys.FailRead = _ => new Store.StoreTransientException("away");
        await ShouldFailAsync(await SendAsync(HttpMethod.Get, "/v1/keys", Admin), 503, "unavailable");
    }

    private async Task<string> KeyAsync(string body) => (await JsonAsync(await SendAsync(HttpMethod.Post, "/v1/keys", Admin, body))).GetProperty("key").GetString()!;

    private async Task ShouldAnswerAsync(int status, HttpMethod method, string path, string key, string? body = null)
    {
        var answer = await SendAsync(method, path, key, body);
        ((int)answer.StatusCode).ShouldBe(status, $"{method} {path}");
    }

    private async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, string key, string? body = null)
    {
        using var request = new HttpRequestMessage(method, path) { Headers = { Authorization = new AuthenticationHeaderValue("Bearer", key) } };
        if (body is not null) request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        return await Http.SendAsync(request, TestContext.Current.CancellationToken);
    }
}
