using Worcr.SiloHost.Gateways.Tcp;
using Worcr.SiloHost.Hosting;

namespace Worcr.SiloHost.Gateways.Faktory;

/// <summary>Wires the Faktory gateway.</summary>
public static class FaktorySetup
{
    /// <summary>Adds the gateway when <see cref="SiloOptions.Faktory"/> says where.</summary>
    public static IServiceCollection AddWorcrFaktory(this IServiceCollection services, SiloOptions options)
    {
        if (options.Faktory is not { } text || !TcpAddress.TryParse(text, out var address)) return services;
        return services.AddTcpGateway<FaktoryProtocol>(new TcpGatewayOptions
        {
            Address = address,
            MaxConnections = FaktoryBounds.Connections,
            MaxLineBytes = FaktoryBounds.LineBytes,
            LargeBlocks = FaktoryBounds.LargeLines,
        });
    }
}
