using Worcr.Unit.Api;

namespace Worcr.Unit.Hosting;

public sealed class PageTests : ApiHost
{
    [Theory]
    [InlineData("/worker/", "text/html")]
    [InlineData("/worker/index.html", "text/html")]
    [InlineData("/worker/page.js", "text/javascript")]
    public async Task The_worker_page_is_served_with_its_headers(string path, string contentType)
    {
        var answer = await GetAsync(path);
        answer.EnsureSuccessStatusCode();
        answer.Content.Headers.ContentType!.MediaType.ShouldBe(contentType);
        answer.Headers.GetValues("Content-Security-Policy").ShouldHaveSingleItem().ShouldContain("default-src 'none'");
        answer.Headers.GetValues("X-Frame-Options").ShouldBe(["DENY"]);
        answer.Headers.GetValues("X-Content-Type-Options").ShouldBe(["nosniff"]);
    }

    [Theory]
    [InlineData("/worker/nothing.js")]
    [InlineData("/worker/../appsettings.json")]
    [InlineData("/worker/%2e%2e/%2e%2e/worcr.dll")]
    [InlineData("/worker/..%2f..%2fworcr.dll")]
    [InlineData("/worcr.dll")]
    public async Task Nothing_else_is(string path) => await ShouldFailAsync(await GetAsync(path), 404, "no_such_route");
}
