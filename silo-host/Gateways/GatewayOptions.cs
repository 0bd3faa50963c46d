namespace Worcr.SiloHost.Gateways;

/// <summary>How the worker gateways behave.</summary>
public sealed class GatewayOptions
{
    /// <summary>How long one message may take to leave for a worker before the worker is cut off. Default: 10 seconds.</summary>
    public TimeSpan SendTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Bytes that may wait in the buffer of one connection, in each direction. Default: 262,144.</summary>
    public long BufferBytes { get; set; } = 256 * 1024;

    /// <summary>Calls of one connection that run at once, besides those that wait for a limit; the next one is not read before one of them has ended. Default: 8.</summary>
    public int ParallelCalls { get; set; } = 8;

    /// <summary>How long a connection may be silent, pings included, before it counts as broken. Default: 30 seconds.</summary>
    public TimeSpan Silence { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>The longest wait of an HTTP lease call. Default: 60 seconds.</summary>
    public TimeSpan LeaseWait { get; set; } = TimeSpan.FromSeconds(60);
}
