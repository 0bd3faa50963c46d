using System.Text.Json.Nodes;

namespace Worcr.Unit.Gateways.Faktory;

/// <summary>Tests over one silo and real sockets.</summary>
public abstract class FaktoryTest(FaktorySilo silo) : IClassFixture<FaktorySilo>, IAsyncLifetime
{
    private readonly List<FaktoryWire> _wires = [];

    protected FaktorySilo Silo => silo;

    /// <summary>A producer's connection.</summary>
    protected FaktoryWire Wire { get; private set; } = null!;

    protected string Jid { get; } = FaktoryWire.NewJid();

    protected string Queue { get; } = FaktoryWire.NewName();

    public async ValueTask InitializeAsync() => Wire = await EnterAsync();

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        _wires.ForEach(w => w.Dispose());
        return ValueTask.CompletedTask;
    }

    protected async Task<FaktoryWire> EnterAsync(string? wid = null)
    {
        var wire = await FaktoryWire.EnterAsync(await silo.ConnectAsync(), wid);
        _wires.Add(wire);
        return wire;
    }

    protected JsonObject NewJob(string? jid = null) => new() { ["jid"] = jid ?? Jid, ["jobtype"] = "send", ["args"] = new JsonArray(1, "two"), ["queue"] = Queue };

    protected static string In(TimeSpan span) => (DateTime.UtcNow + span).ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'", System.Globalization.CultureInfo.InvariantCulture);
}
