using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Worcr.Protocol;

namespace Worcr.SiloHost.Hosting;

/// <summary>Bounds of the HTTP server, so that no client can hold more of it than its share.</summary>
public static class KestrelSetup
{
    /// <summary>
    /// What is read of a body whose length is refused (<see cref="WireLimits.BodyBytes"/>), so that a client that is still sending
    /// gets its 413 and not a broken connection.
    /// </summary>
    private const long ReadBytes = 4L * WireLimits.BodyBytes;

    private const int MaxHeaderBytes = 16 * 1024;
    private const int MaxHeaders = 64;
    private const int MaxRequestLineBytes = 8 * 1024;

    /// <summary>
    /// A request is handled on the thread that has its bytes, without two changes of thread before. That is safe here: nothing blocks, and the runtime
    /// reads other sockets on other threads meanwhile. Each connection keeps a buffer (4 KiB) while it waits: it is asked for bytes once a request, not twice.
    /// </summary>
    public static void Apply(SocketTransportOptions sockets)
    {
        sockets.UnsafePreferInlineScheduling = true;
        sockets.WaitForDataBeforeAllocatingBuffer = false;
    }

    /// <summary>Sets the bounds.</summary>
    public static void Apply(KestrelServerOptions kestrel, SiloOptions options)
    {
        kestrel.AddServerHeader = false;
        kestrel.AllowSynchronousIO = false;
        var limits = kestrel.Limits;
        limits.MaxRequestBodySize = ReadBytes;
        limits.MaxRequestHeadersTotalSize = MaxHeaderBytes;
        limits.MaxRequestHeaderCount = MaxHeaders;
        limits.MaxRequestLineSize = MaxRequestLineBytes;
        limits.MaxConcurrentConnections = options.MaxConnections;
        limits.MaxConcurrentUpgradedConnections = options.MaxConnections;
        limits.RequestHeadersTimeout = TimeSpan.FromSeconds(15);
        limits.KeepAliveTimeout = TimeSpan.FromSeconds(130);
        limits.MinRequestBodyDataRate = new MinDataRate(bytesPerSecond: 240, gracePeriod: TimeSpan.FromSeconds(10));
    }
}
