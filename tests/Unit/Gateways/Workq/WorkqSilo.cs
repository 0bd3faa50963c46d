using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Worcr.SiloHost.Gateways.Tcp;
using Worcr.SiloHost.Gateways.Workq;
using Worcr.SiloHost.Hosting;
using Worcr.Unit.Gateways.Tcp;

namespace Worcr.Unit.Gateways.Workq;

/// <summary>A whole silo with a store in memory: real dispatcher, REST and Workq. Tests keep apart by names and ids.</summary>
public sealed class WorkqSilo : IAsyncLifetime
{
    private WebApplication? _app;

    public HttpClient Http { get; private set; } = null!;

    public WebApplication App => _app!;

    public IPEndPoint Address => App.Services.GetRequiredService<TcpGateway<WorkqProtocol>>().Address!;

    public async ValueTask InitializeAsync()
    {
        var options = new SiloOptions { DatabaseUrl = "sqlite::memory:", Urls = ["http://127.0.0.1:0"], Workq = "127.0.0.1:0", Log = LogLevel.None };
        _app = Silo.Build(options);
        await _app.StartAsync();
        Http = new HttpClient { BaseAddress = new Uri(Silo.AddressOf(_app)) };
    }

    public async Task<WorkqWire> ConnectAsync() => new(await RawTcp.ConnectAsync(Address));

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await App.StopAsync();
        await App.DisposeAsync();
    }
}
