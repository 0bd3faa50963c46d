using Worcr.SiloHost.Cluster;
using Worcr.SiloHost.Gateways.Sessions;
using Worcr.SiloHost.Hosting;
using Worcr.SiloHost.Outgoing;

namespace Worcr.SiloHost.Gateways.Push;

/// <summary>Wires the sending of jobs to endpoints.</summary>
public static class PushSetup
{
    /// <summary>Adds it. Has to come after the dispatchers, because it stops before them.</summary>
    public static IServiceCollection AddWorcrPush(this IServiceCollection services, SiloOptions options)
    {
        services.AddSingleton(_ => new OutgoingHttp(new AddressRule(options.PushAllow), options.PushCa is { } file ? TrustedAuthorities.Load(file) : null));
        services.AddSingleton<PublicAddress>();
        services.AddSingleton<PushCaller>();
        services.AddSingleton(at => new PushSurroundings(
            at.GetRequiredService<PushCaller>(),
            at.GetRequiredService<SessionSurroundings>(),
            new Random(),
            at.GetRequiredService<ILogger<PushEndpoint>>()));
        services.AddSingleton<PushGateway>();
        services.AddSingleton<INamespaceCompanion>(at => at.GetRequiredService<PushGateway>());
        services.AddHostedService(at => at.GetRequiredService<PushGateway>());
        return services;
    }
}
