using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Worcr.Protocol.Worker;
using Worcr.SiloHost.Gateways.Http;
using Worcr.SiloHost.Gateways.Sessions;
using Worcr.SiloHost.Gateways.SignalR;

namespace Worcr.SiloHost.Gateways;

/// <summary>Wires the worker gateways.</summary>
public static class GatewayExtensions
{
    /// <summary>Adds the worker hub and the HTTP worker calls. Needs an <see cref="IDispatchers"/> and, unless the system's is meant, a <see cref="TimeProvider"/>.</summary>
    public static IServiceCollection AddWorcrGateways(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddOptions<GatewayOptions>().ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<GatewayOptions>, GatewayOptionsValidator>());
        services.AddSingleton(at => new SessionSurroundings(
            at.GetRequiredService<TimeProvider>(),
            at.GetRequiredService<IOptions<GatewayOptions>>().Value.SendTimeout,
            at.GetRequiredService<ILogger<WorkerSession>>()));
        services.AddSingleton<WorkerHubFilter>();
        services.AddSingleton<WorkerCalls>();
        services.AddSignalR()
            .AddJsonProtocol(json => json.PayloadSerializerOptions.TypeInfoResolverChain.Insert(0, WorkerJson.Default))
            .AddHubOptions<WorkerHub>(hub => hub.AddFilter<WorkerHubFilter>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHubProtocol, WorkerHubProtocol>()); // the last one named "json" is taken
        services.AddOptions<HubOptions<WorkerHub>>().Configure<IOptions<GatewayOptions>>(Bound);
        return services;
    }

    /// <summary>Maps <c>/hubs/worker</c>, <c>/v1/worker/...</c> and <c>/v1/ns/{namespace}/worker/...</c>.</summary>
    public static IEndpointConventionBuilder MapWorcrGateways(this IEndpointRouteBuilder endpoints)
    {
        var options = endpoints.ServiceProvider.GetRequiredService<IOptions<GatewayOptions>>().Value;
        var gateways = endpoints.MapGroup("");
        gateways.MapHub<WorkerHub>(WorkerBounds.HubPath, hub =>
        {
            hub.Transports = HttpTransportType.WebSockets;
            hub.ApplicationMaxBufferSize = options.BufferBytes;
            hub.TransportMaxBufferSize = options.BufferBytes;
            hub.TransportSendTimeout = options.SendTimeout;
        });
        gateways.MapWorkerCalls("/v1");
        gateways.MapWorkerCalls("/v1/ns/{namespace}");
        return gateways;
    }

    private static void Bound(HubOptions<WorkerHub> hub, IOptions<GatewayOptions> options)
    {
        hub.MaximumReceiveMessageSize = WorkerBounds.MessageBytes;
        hub.MaximumParallelInvocationsPerClient = options.Value.ParallelCalls + WorkerBounds.WaitingAcquires; // who waits for a limit holds nobody up
        hub.ClientTimeoutInterval = options.Value.Silence;
        hub.KeepAliveInterval = options.Value.Silence / 2;
        hub.EnableDetailedErrors = false;
        hub.StreamBufferCapacity = 1;
    }
}
