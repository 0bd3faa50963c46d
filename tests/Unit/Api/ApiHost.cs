using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Worcr.Grains;
using Worcr.SiloHost.Hosting;
using Worcr.Store;
using Worcr.Testing.Model;

namespace Worcr.Unit.Api;

/// <summary>A silo on a free port, with fake dispatchers and a fake clock.</summary>
public class ApiHost : IAsyncLifetime
{
    private WebApplication? _app;

    public FakeDispatchers Dispatchers { get; } = new();

    public FakeDispatcher Dispatcher => Dispatchers.Default;

    public FakeClock Clock { get; } = new();

    public ModelJobStore Keys { get; } = new(new ModelDatabase());

    public HttpClient Http { get; private set; } = null!;

    public WebApplication App => _app!;

    protected virtual SiloOptions Options => new() { Urls = ["http://127.0.0.1:0"], Log = LogLevel.None };

    protected virtual void Add(IServiceCollection services)
    {
    }

    /// <summary>What is mapped beside the API.</summary>
    protected virtual void Map(IEndpointRouteBuilder endpoints)
    {
    }

    public async ValueTask InitializeAsync()
    {
        _app = Silo.Build(Options, new SiloParts(AddFakes, Map));
        await _app.StartAsync();
        Http = new HttpClient { BaseAddress = new Uri(Silo.AddressOf(_app)) };
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        Http.Dispose();
        await App.StopAsync();
        await App.DisposeAsync();
    }

    public Task<HttpResponseMessage> PostAsync(string path, string body, string contentType = "application/json") => PostAsync(path, Encoding.UTF8.GetBytes(body), contentType);

    public async Task<HttpResponseMessage> PostAsync(string path, byte[] body, string? contentType = "application/json")
    {
        using var content = new ByteArrayContent(body);
        if (contentType is not null) content.Headers.ContentType = MediaTypeHeaderValue.Parse(contentType);
        return await Http.PostAsync(path, content, TestContext.Current.CancellationToken);
    }

    public Task<HttpResponseMessage> GetAsync(string path) => Http.GetAsync(path, TestContext.Current.CancellationToken);

    public static async Task<JsonElement> JsonAsync(HttpResponseMessage answer)
    {
        using var document = JsonDocument.Parse(await answer.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
        return document.RootElement.Clone();
    }

    /// <summary>Checks a problem's shape, and its code and path.</summary>
    public static async Task ShouldFailAsync(HttpResponseMessage answer, int status, string code, string? path = null)
    {
        var problem = await JsonAsync(answer);
        var text = problem.ToString();
        ((int)answer.StatusCode).ShouldBe(status, text);
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
        problem.GetProperty("code").GetString().ShouldBe(code, text);
        problem.GetProperty("status").GetInt32().ShouldBe(status);
        problem.GetProperty("type").GetString().ShouldBe("urn:worcr:error:" + code);
        problem.GetProperty("title").GetString().ShouldNotBeNullOrEmpty();
        problem.GetProperty("detail").GetString().ShouldNotBeNullOrEmpty();
        if (path is not null) problem.GetProperty("errors")[0].GetProperty("path").GetString().ShouldBe(path, text);
    }

    private void AddFakes(IServiceCollection services, SiloOptions options)
    {
        services.AddSingleton<IDispatchers>(Dispatchers);
        services.AddSingleton<IKeyStore>(Keys);
        services.AddSingleton<TimeProvider>(Clock);
        Add(services);
    }
}
