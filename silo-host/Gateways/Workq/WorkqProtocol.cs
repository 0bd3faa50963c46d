using Worcr.SiloHost.Gateways.Tcp;

namespace Worcr.SiloHost.Gateways.Workq;

/// <summary>Workq's protocol; docs/workq.md has what is served, and where it differs.</summary>
public sealed class WorkqProtocol : ITcpProtocol, IDisposable
{
    private readonly SemaphoreSlim _inspections = new(1);
    private readonly WorkqSurroundings _around;
    private int _clients;

    /// <summary>Serves the default namespace.</summary>
    public WorkqProtocol(IDispatchers dispatchers, TimeProvider time) =>
        _around = new WorkqSurroundings(dispatchers, time, new WorkqNames(), _inspections, () => Volatile.Read(ref _clients));

    /// <inheritdoc />
    public string Name => "workq";

    /// <inheritdoc />
    public ReadOnlyMemory<byte> Crowded { get; } = "-SERVER-ERROR Too many connections\r\n"u8.ToArray();

    /// <inheritdoc />
    public async Task ServeAsync(TcpConnection connection)
    {
        Interlocked.Increment(ref _clients);
        try
        {
            var client = new WorkqClient(connection, _around);
            while (await client.ServeNextAsync())
            {
            }
        }
        finally
        {
            Interlocked.Decrement(ref _clients);
        }
    }

    /// <inheritdoc />
    public void Dispose() => _inspections.Dispose();
}
