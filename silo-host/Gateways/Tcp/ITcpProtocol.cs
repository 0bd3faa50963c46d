namespace Worcr.SiloHost.Gateways.Tcp;

/// <summary>A protocol over TCP connections.</summary>
public interface ITcpProtocol
{
    /// <summary>Its name in logs and metrics, such as <c>workq</c>.</summary>
    string Name { get; }

    /// <summary>What a client is told that finds no room.</summary>
    ReadOnlyMemory<byte> Crowded { get; }

    /// <summary>Serves one connection until it is over; the gateway closes it then.</summary>
    Task ServeAsync(TcpConnection connection);
}
