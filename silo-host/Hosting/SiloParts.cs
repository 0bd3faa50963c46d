using Worcr.SiloHost.Auth;
using Worcr.SiloHost.Cluster;
using Worcr.SiloHost.Events;
using Worcr.SiloHost.Gateways;
using Worcr.SiloHost.Gateways.Faktory;
using Worcr.SiloHost.Gateways.Push;
using Worcr.SiloHost.Gateways.Workq;

namespace Worcr.SiloHost.Hosting;

/// <summary>What a silo is composed of besides its API: dispatchers and gateways.</summary>
/// <param name="Services">Registers their services; <c>IDispatchers</c> among them.</param>
/// <param name="Endpoints">Maps their endpoints; each has to say which permission it needs.</param>
public sealed record SiloParts(Action<IServiceCollection, SiloOptions> Services, Action<IEndpointRouteBuilder> Endpoints)
{
    /// <summary>What the executable runs.</summary>
    public static SiloParts Standard { get; } = new(
        static (services, options) => services.AddWorcrDispatchers(options).AddWorcrGateways().AddWorcrPush(options).AddWorcrWorkq(options).AddWorcrFaktory(options),
        static endpoints =>
        {
            endpoints.MapWorcrGateways().Needs(Permission.Work);
            endpoints.MapWorcrEventHub();
        });
}
