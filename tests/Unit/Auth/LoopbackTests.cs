using Worcr.SiloHost.Hosting;
using Worcr.Unit.Api;

namespace Worcr.Unit.Auth;

public sealed class LoopbackTests : ApiHost
{
    protected override SiloOptions Options => base.Options with { Cors = ["https://app.example"], Advertise = "http://worcr.example:80" };

    [Theory]
    [InlineData("evil.example")]
    [InlineData("127.0.0.1.evil.example")]
    [InlineData("10.0.0.5:9672")]
    public async Task A_foreign_host_name_is_refused(string host) => await ShouldFailAsync(await SendAsync("Host", host), 403, "forbidden");

    [Theory]
    [InlineData("localhost:9672")]
    [InlineData("127.0.0.1")]
    [InlineData("[::1]:1")]
    [InlineData("app.example")]
    [InlineData("worcr.example")]
    public async Task A_loopback_or_named_host_is_served(string host) => (await SendAsync("Host", host)).EnsureSuccessStatusCode();

    [Theory]
    [InlineData("https://evil.example")]
    [InlineData("null")]
    [InlineData("http://127.0.0.1:1")]
    public async Task A_page_of_another_origin_is_refused(string origin) => await ShouldFailAsync(await SendAsync("Origin", origin), 403, "forbidden");

    [Fact]
    public async Task Our_own_page_and_named_origins_may_call()
    {
        (await SendAsync("Origin", "https://app.example")).EnsureSuccessStatusCode();
        (await SendAsync("Origin", Http.BaseAddress!.GetLeftPart(UriPartial.Authority))).EnsureSuccessStatusCode();
    }

    private async Task<HttpResponseMessage> SendAsync(string header, string value)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/stats");
        request.Headers.TryAddWithoutValidation(header, value);
        return await Http.SendAsync(request, TestContext.Current.CancellationToken);
    }
}
