using Worcr.SiloHost.Gateways.Tcp;
using Worcr.SiloHost.Hosting;

namespace Worcr.SiloHost.Gateways.Faktory;

/// <summary>The Faktory work protocol; docs/faktory.md has what is served, and where it differs.</summary>
public sealed class FaktoryProtocol(IDispatchers dispatchers, IJobTemplates templates, TimeProvider time, SiloOptions options) : ITcpProtocol, IDisposable
{
    private readonly FaktorySurroundings _around = new(dispatchers, templates, time, options.FaktoryPassword);

    /// <inheritdoc />
    public string Name => "faktory";

    /// <inheritdoc />
    public ReadOnlyMemory<byte> Crowded { get; } = "-ERR too many connections\r\n"u8.ToArray();

    /// <inheritdoc />
    public async Task ServeAsync(TcpConnection connection)
    {
        _around.CountConnection(+1);
        try
        {
            if (await FaktoryDoor.EnterAsync(connection, _around) is { } client) await client.ServeAsync();
        }
        finally
        {
            _around.CountConnection(-1);
        }
    }

    /// <inheritdoc />
    public void Dispose() => _around.Dispose();
}
