using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Worcr.SiloHost.Gateways.Faktory;
using Worcr.SiloHost.Gateways.Tcp;
using Worcr.SiloHost.Hosting;
using Worcr.Unit.Gateways.Tcp;

namespace Worcr.Unit.Gateways.Faktory;

/// <summary>A whole silo with a store in memory: real dispatcher, REST and Faktory. Tests keep apart by queues and jids.</summary>
public sealed class FaktorySilo : IAsyncLifetime
{
    private WebApplication? _app;

    public HttpClient Http { get; private set; } = null!;

    public string? Password { get; init; }

    public WebApplication App => _app!;

    public IPEndPoint Address => App.Services.GetRequiredService<TcpGateway<FaktoryProtocol>>().Address!;

    public async ValueTask InitializeAsync()
    {
        _app = Silo.Build(new SiloOptions
        {
            DatabaseUrl = "sqlite::memory:",
            Urls = ["http://127.0.0.1:0"],
            Faktory = "127.0.0.1:0",
            FaktoryPassword = Password,
            Log = LogLevel.None,
        });
        await _app.StartAsync();
        Http = new HttpClient { BaseAddress = new Uri(Silo.AddressOf(_app)) };
    }

    /// <summary>A connection that was not greeted yet.</summary>
    public Task<RawTcp> ConnectAsync() => RawTcp.ConnectAsync(Address);

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await App.StopAsync();
        await App.DisposeAsync();
    }
}
