using System.Net.Http.Headers;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Worcr.Grains;
using Worcr.SiloHost.Auth;
using Worcr.SiloHost.Hosting;
using Worcr.Unit.Api;

namespace Worcr.Unit.Auth;

public sealed class KeyAuthTests : ApiHost
{
    private const string Key = "correct-horse-battery";

    protected override SiloOptions Options => base.Options with { Auth = AuthMode.Keys, BootstrapKey = Key, Cors = ["https://app.example"] };

    [Fact]
    public async Task Without_a_key_only_health_is_open()
    {
        (await GetAsync("/healthz")).EnsureSuccessStatusCode();
        (await GetAsync("/readyz")).EnsureSuccessStatusCode();
        foreach (var path in (string[])["/v1/jobs", "/v1/stats", "/v1/ns/a/tenants", "/metrics", "/openapi/v1.json"])
        {
            var answer = await GetAsync(path);
            await ShouldFailAsync(answer, 401, "unauthorized");
            answer.Headers.WwwAuthenticate.ToString().ShouldBe("Bearer");
        }

        await ShouldFailAsync(await PostAsync("/v1/jobs", """{"type":"a"}"""), 401, "unauthorized");
        Dispatcher.Asked.OfType<EnqueueRequest>().ShouldBeEmpty();
    }

    [Theory]
    [InlineData("Bearer wrong-horse-battery")]
    [InlineData("Bearer correct-horse-batter")]
    [InlineData("Bearer correct-horse-battery2")]
    [InlineData("Bearer")]
    [InlineData("Basic correct-horse-battery")]
    [InlineData("correct-horse-battery")]
    public async Task Another_key_opens_nothing(string header)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/stats");
        request.Headers.TryAddWithoutValidation("Authorization", header);
        await ShouldFailAsync(await Http.SendAsync(request, TestContext.Current.CancellationToken), 401, "unauthorized");
    }

    [Fact]
    public async Task The_bootstrap_key_opens_everything_and_not_by_query()
    {
        await ShouldFailAsync(await GetAsync("/v1/stats?access_token=" + Key), 401, "unauthorized");
        Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("bearer", Key);
        (await GetAsync("/v1/stats")).EnsureSuccessStatusCode();
        (await PostAsync("/v1/jobs", """{"type":"a"}""")).EnsureSuccessStatusCode();
    }

    [Fact]
    public async Task A_named_origin_may_ask_first()
    {
        using var request = new HttpRequestMessage(HttpMethod.Options, "/v1/jobs");
        request.Headers.Add("Origin", "https://app.example");
        request.Headers.Add("Access-Control-Request-Method", "POST");
        request.Headers.Add("Access-Control-Request-Headers", "authorization,content-type");
        var answer = await Http.SendAsync(request, TestContext.Current.CancellationToken);
        answer.EnsureSuccessStatusCode();
        answer.Headers.GetValues("Access-Control-Allow-Origin").ShouldBe(["https://app.example"]);
    }

    [Fact]
    public async Task An_endpoint_that_says_nothing_is_closed_to_all_but_admins()
    {
        var context = new DefaultHttpContext();
        context.SetEndpoint(new Endpoint(null, new EndpointMetadataCollection(), "bare"));
        (await App.Services.GetRequiredService<IGate>().CheckAsync(context))!.Code.Status.ShouldBe(401);
    }

    [Fact]
    public void Every_endpoint_says_what_it_needs()
    {
        var silent = ((Microsoft.AspNetCore.Routing.IEndpointRouteBuilder)App).DataSources.SelectMany(s => s.Endpoints)
            .Where(e => e.Metadata.GetMetadata<NeededPermission>() is null).Select(e => e.DisplayName);
        silent.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(Role.Admin, "View Produce Work Operate Administer")]
    [InlineData(Role.Operator, "View Produce Work Operate")]
    [InlineData(Role.Producer, "View Produce")]
    [InlineData(Role.Worker, "Work")]
    [InlineData(Role.Viewer, "View")]
    public void A_role_grants_what_the_contract_says(Role role, string granted)
    {
        var principal = new Principal("k", role, null) { KeyId = "k" };
        Enum.GetValues<Permission>().Where(p => p != Permission.None && principal.May(p, "default")).ShouldBe(granted.Split(' ').Select(Enum.Parse<Permission>));
    }

    [Fact]
    public void A_key_of_some_namespaces_is_good_there_only()
    {
        var principal = new Principal("k", Role.Admin, new HashSet<string> { "a" }) { KeyId = "k" };
        (principal.May(Permission.View, "a"), principal.May(Permission.View, "b"), principal.May(Permission.View, null)).ShouldBe((true, false, false));
    }
}
