using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Logging;
using Worcr.SiloHost.Hosting;

namespace Worcr.Unit.Gateways.Tcp;

/// <summary>A whole silo with a store in memory: real dispatcher, REST and one TCP gateway.</summary>
public abstract class TcpSilo : IAsyncLifetime
{
    private WebApplication? _app;

    public HttpClient Http { get; private set; } = null!;

    public WebApplication App => _app!;

    public abstract IPEndPoint Address { get; }

    public async ValueTask InitializeAsync()
    {
        _app = Silo.Build(With(new SiloOptions { DatabaseUrl = "sqlite::memory:", Urls = ["http://127.0.0.1:0"], Log = LogLevel.None }));
        await _app.StartAsync();
        Http = new HttpClient { BaseAddress = new Uri(Silo.AddressOf(_app)) };
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await App.StopAsync();
        await App.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>Opens the gateway.</summary>
    protected abstract SiloOptions With(SiloOptions options);
}
