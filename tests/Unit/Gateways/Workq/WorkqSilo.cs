using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Worcr.SiloHost.Gateways.Tcp;
using Worcr.SiloHost.Gateways.Workq;
using Worcr.SiloHost.Hosting;
using Worcr.Unit.Gateways.Tcp;

namespace Worcr.Unit.Gateways.Workq;

/// <summary>A silo that speaks Workq. Tests keep apart by names and ids.</summary>
public sealed class WorkqSilo : TcpSilo
{
    public override IPEndPoint Address => App.Services.GetRequiredService<TcpGateway<WorkqProtocol>>().Address!;

    public async Task<WorkqWire> ConnectAsync() => new(await RawTcp.ConnectAsync(Address));

    protected override SiloOptions With(SiloOptions options) => options with { Workq = "127.0.0.1:0" };
}
