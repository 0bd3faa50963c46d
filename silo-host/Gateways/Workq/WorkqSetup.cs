using Worcr.SiloHost.Gateways.Tcp;
using Worcr.SiloHost.Hosting;

namespace Worcr.SiloHost.Gateways.Workq;

/// <summary>Wires the Workq gateway.</summary>
public static class WorkqSetup
{
    /// <summary>Adds the gateway when <see cref="SiloOptions.Workq"/> says where.</summary>
    public static IServiceCollection AddWorcrWorkq(this IServiceCollection services, SiloOptions options) =>
        options.Workq is { } text && TcpAddress.TryParse(text, out var address)
            ? services.AddTcpGateway<WorkqProtocol>(new TcpGatewayOptions { Address = address, MaxLineBytes = WorkqBounds.LineBytes })
            : services;
}
