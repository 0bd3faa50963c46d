using Worcr.SiloHost.Hosting;

namespace Worcr.SiloHost.Gateways.Tcp;

/// <summary>Wires TCP gateways.</summary>
public static class TcpSetup
{
    /// <summary>Adds the gateway of a protocol; it listens from the host's start to its stop.</summary>
    public static IServiceCollection AddTcpGateway<TProtocol>(this IServiceCollection services, TcpGatewayOptions options)
        where TProtocol : class, ITcpProtocol
    {
        services.AddSingleton<TProtocol>();
        services.AddSingleton(at => new TcpGateway<TProtocol>(
            options, at.GetRequiredService<TProtocol>(), at.GetRequiredService<TimeProvider>(), at.GetRequiredService<ILoggerFactory>()));
        services.AddSingleton<IDrainable>(at => at.GetRequiredService<TcpGateway<TProtocol>>());
        return services.AddHostedService(at => at.GetRequiredService<TcpGateway<TProtocol>>());
    }
}
