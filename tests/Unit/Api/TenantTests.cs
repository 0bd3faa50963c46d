using System.Net;
using Worcr.Grains;

namespace Worcr.Unit.Api;

public sealed class TenantTests : ApiHost
{
    [Fact]
    public async Task Put_makes_then_changes()
    {
        Dispatcher.OnTenants = r => new TenantsReply([new("acme", ((TenantsRequest.Put)r).Settings)], Created: Dispatcher.Asked.Count == 1);
        var made = await PutAsync("acme", """{"share":2.5}""");
        made.StatusCode.ShouldBe(HttpStatusCode.Created);
        (await JsonAsync(made)).ToString().ShouldBe("""{"name":"acme","share":2.5}""");
        (await PutAsync("acme", """{"name":"acme"}""")).StatusCode.ShouldBe(HttpStatusCode.OK);
        Dispatcher.Asked.ShouldBe([new TenantsRequest.Put("acme", new TenantSettings(2.5)), new TenantsRequest.Put("acme", new TenantSettings(1))]);
    }

    [Fact]
    public async Task All_and_one_can_be_read()
    {
        Dispatcher.OnTenants = _ => new TenantsReply([new("acme", new TenantSettings(2))]);
        (await JsonAsync(await GetAsync("/v1/tenants"))).ToString().ShouldBe("""{"items":[{"name":"acme","share":2}]}""");
        (await JsonAsync(await GetAsync("/v1/tenants/a%2Fcme"))).ToString().ShouldBe("""{"name":"acme","share":2}""");
    }

    [Fact]
    public async Task An_unknown_one_is_a_404()
    {
        await ShouldFailAsync(await GetAsync("/v1/tenants/nobody"), 404, "not_found");
        Dispatcher.OnTenants = _ => new TenantsReply([], Refusal: new Refusal(RefusalKind.NotFound, "nothing is said about it"));
        await ShouldFailAsync(await Http.DeleteAsync("/v1/tenants/nobody", TestContext.Current.CancellationToken), 404, "not_found");
    }

    [Fact]
    public async Task Delete_answers_204()
    {
        var answer = await Http.DeleteAsync("/v1/tenants/acme", TestContext.Current.CancellationToken);
        answer.StatusCode.ShouldBe(HttpStatusCode.NoContent);
        Dispatcher.Only<TenantsRequest.Delete>().Name.ShouldBe("acme");
    }

    [Theory]
    [InlineData("""{"share":0}""", "invalid_field", "share")]
    [InlineData("""{"share":-1}""", "invalid_field", "share")]
    [InlineData("""{"share":1e7}""", "invalid_field", "share")]
    [InlineData("""{"share":"2"}""", "invalid_field", "share")]
    [InlineData("""{"maxWeight":10}""", "unknown_field", "maxWeight")]
    [InlineData("""{"name":"other"}""", "invalid_field", "name")]
    [InlineData("[]", "invalid_field", null)]
    [InlineData("x", "invalid_json", null)]
    public async Task A_bad_one_is_refused(string body, string code, string? path)
    {
        await ShouldFailAsync(await PutAsync("acme", body), 400, code, path);
        Dispatcher.Asked.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_bad_name_is_refused() =>
        await ShouldFailAsync(await PutAsync(new string('n', 256), "{}"), 400, "invalid_parameter", "name");

    private async Task<HttpResponseMessage> PutAsync(string name, string body)
    {
        using var content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");
        return await Http.PutAsync($"/v1/tenants/{name}", content, TestContext.Current.CancellationToken);
    }
}
