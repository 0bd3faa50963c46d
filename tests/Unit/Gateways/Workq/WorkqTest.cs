using System.Globalization;

namespace Worcr.Unit.Gateways.Workq;

/// <summary>Tests over one silo and real sockets.</summary>
public abstract class WorkqTest(WorkqSilo silo) : IClassFixture<WorkqSilo>, IAsyncLifetime
{
    private readonly List<WorkqWire> _wires = [];

    protected WorkqSilo Silo => silo;

    /// <summary>A connection.</summary>
    protected WorkqWire Wire { get; private set; } = null!;

    protected string Id { get; } = WorkqWire.NewId();

    protected string Name { get; } = WorkqWire.NewName();

    public async ValueTask InitializeAsync() => Wire = await ConnectAsync();

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        _wires.ForEach(w => w.Dispose());
        return ValueTask.CompletedTask;
    }

    protected async Task<WorkqWire> ConnectAsync()
    {
        var wire = await silo.ConnectAsync();
        _wires.Add(wire);
        return wire;
    }

    protected static string In(TimeSpan span) => (DateTime.UtcNow + span).ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
}
