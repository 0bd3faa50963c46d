using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.SignalR;
using Worcr.Protocol;
using Worcr.SiloHost.Auth;
using Worcr.SiloHost.Hosting;

namespace Worcr.SiloHost.Events;

/// <summary>Wires the streams of events.</summary>
internal static class EventSetup
{
    private const int BufferBytes = 256 * 1024;
    private const int CallBytes = 32 * 1024;
    private static readonly TimeSpan SendTimeout = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(30);

    /// <summary>Registers the endpoint and the hub.</summary>
    public static IServiceCollection AddWorcrEvents(this IServiceCollection services)
    {
        services.AddSingleton<EventStreams>();
        services.AddSingleton<IDrainable>(s => s.GetRequiredService<EventStreams>());
        services.AddSingleton<EventsEndpoint>();
        services.AddSignalR()
            .AddJsonProtocol(json => json.PayloadSerializerOptions.TypeInfoResolverChain.Insert(0, ProtocolJson.Default))
            .AddHubOptions<EventHub>(Bound);
        return services;
    }

    /// <summary>Maps <c>/hubs/events</c>.</summary>
    public static void MapWorcrEventHub(this IEndpointRouteBuilder endpoints) => endpoints.MapHub<EventHub>(EventHub.Path, hub =>
    {
        hub.Transports = HttpTransportType.WebSockets;
        hub.ApplicationMaxBufferSize = BufferBytes;
        hub.TransportMaxBufferSize = BufferBytes;
        hub.TransportSendTimeout = SendTimeout;
    }).Needs(Permission.View);

    private static void Bound(HubOptions hub)
    {
        hub.MaximumReceiveMessageSize = CallBytes;
        hub.ClientTimeoutInterval = Silence;
        hub.KeepAliveInterval = Silence / 2;
        hub.EnableDetailedErrors = false;
        hub.StreamBufferCapacity = 1;
    }
}
