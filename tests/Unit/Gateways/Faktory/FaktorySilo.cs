using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Worcr.SiloHost.Gateways.Faktory;
using Worcr.SiloHost.Gateways.Tcp;
using Worcr.SiloHost.Hosting;
using Worcr.Unit.Gateways.Tcp;

namespace Worcr.Unit.Gateways.Faktory;

/// <summary>A silo that speaks Faktory. Tests keep apart by queues and jids.</summary>
public sealed class FaktorySilo : TcpSilo
{
    public string? Password { get; init; }

    public override IPEndPoint Address => App.Services.GetRequiredService<TcpGateway<FaktoryProtocol>>().Address!;

    /// <summary>A connection that was not greeted yet.</summary>
    public Task<RawTcp> ConnectAsync() => RawTcp.ConnectAsync(Address);

    protected override SiloOptions With(SiloOptions options) => options with { Faktory = "127.0.0.1:0", FaktoryPassword = Password };
}
