using System.Net;

namespace Worcr.SiloHost.Gateways.Tcp;

/// <summary>Where a TCP gateway listens and what its clients may hold.</summary>
public sealed record TcpGatewayOptions
{
    /// <summary>The address; port 0 takes a free one.</summary>
    public required IPEndPoint Address { get; init; }

    /// <summary>Connections open at once. Default: 4,096.</summary>
    public int MaxConnections { get; init; } = 4_096;

    /// <summary>The longest line, in bytes, its ending not counted. Default: 8,192.</summary>
    public int MaxLineBytes { get; init; } = 8_192;

    /// <summary>How many blocks above <see cref="LargeBlockBytes"/> are in hand at once, over all connections; others wait. Default: 128.</summary>
    public int LargeBlocks { get; init; } = 128;

    /// <summary>How long a connection may be silent between two requests. Default: 30 minutes.</summary>
    public TimeSpan IdleTimeout { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>How long a request may take to arrive from its first byte on; a block has one second more for each 32 KiB. Default: 30 seconds.</summary>
    public TimeSpan ReceiveTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a client may take none of what waits for it. Default: 10 seconds.</summary>
    public TimeSpan SendTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>From this size on a block is large, in bytes.</summary>
    public const int LargeBlockBytes = 64 * 1024;
}
