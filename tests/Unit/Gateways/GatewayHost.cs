using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Worcr.Grains;
using Worcr.SiloHost.Gateways;

namespace Worcr.Unit.Gateways;

/// <summary>The gateways on a real Kestrel, over a fake dispatcher.</summary>
public sealed class GatewayHost : IAsyncDisposable
{
    private readonly WebApplication _app;

    private GatewayHost(WebApplication app, FakeDispatcher dispatcher)
    {
        (_app, Dispatcher) = (app, dispatcher);
        Url = new Uri(app.Urls.First());
        Http = new HttpClient { BaseAddress = Url };
    }

    public FakeDispatcher Dispatcher { get; }

    public Uri Url { get; }

    public HttpClient Http { get; }

    public static async Task<GatewayHost> StartAsync(Action<GatewayOptions>? configure = null)
    {
        var dispatcher = new FakeDispatcher();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddSingleton<IDispatchers>(dispatcher);
        builder.Services.AddWorcrGateways();
        builder.Services.Configure<GatewayOptions>(options => configure?.Invoke(options));
        var app = builder.Build();
        app.MapWorcrGateways();
        await app.StartAsync();
        return new GatewayHost(app, dispatcher);
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        using var now = new CancellationTokenSource(TimeSpan.Zero);
        await _app.StopAsync(now.Token);
        await _app.DisposeAsync();
    }
}
