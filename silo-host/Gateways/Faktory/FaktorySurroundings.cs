using Worcr.SiloHost.Api;

namespace Worcr.SiloHost.Gateways.Faktory;

/// <summary>What all connections share.</summary>
internal sealed class FaktorySurroundings : IDisposable
{
    private readonly IDispatchers _dispatchers;
    private long _commands;
    private int _connections;

    /// <summary>Nobody is connected yet.</summary>
    public FaktorySurroundings(IDispatchers dispatchers, IJobTemplates templates, TimeProvider time, string? password)
    {
        (_dispatchers, Templates, Time, Password) = (dispatchers, templates, time, password);
        Workers = new FaktoryWorkers(time, DispatcherAsync);
        Sets = new FaktorySets(time);
        Started = time.GetUtcNow();
    }

    /// <summary>The clock.</summary>
    public TimeProvider Time { get; }

    /// <summary>What clients have to know, or null.</summary>
    public string? Password { get; }

    /// <summary>The reader of what is to be enqueued later.</summary>
    public IJobTemplates Templates { get; }

    /// <summary>The workers.</summary>
    public FaktoryWorkers Workers { get; }

    /// <summary>Leases of fetched jobs.</summary>
    public FaktoryLeases Leases { get; } = new();

    /// <summary>The sizes of the sets, counted now and then.</summary>
    public FaktorySets Sets { get; }

    /// <summary>Commands that read or change very many jobs run one at a time.</summary>
    public SemaphoreSlim Sweeps { get; } = new(1);

    /// <summary>When the gateway started.</summary>
    public DateTimeOffset Started { get; }

    /// <summary>The time, Unix milliseconds.</summary>
    public long Now => Time.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>Commands so far.</summary>
    public long Commands => Interlocked.Read(ref _commands);

    /// <summary>Open connections.</summary>
    public int Connections => Volatile.Read(ref _connections);

    /// <summary>The dispatcher of the namespace <c>default</c>.</summary>
    public ValueTask<IDispatcher> DispatcherAsync() => _dispatchers.FindAsync(ApiNamespace.Default, CancellationToken.None);

    /// <summary>A command came.</summary>
    public void CountCommand() => Interlocked.Increment(ref _commands);

    /// <summary>A connection opens (+1) or closes (-1).</summary>
    public void CountConnection(int change) => Interlocked.Add(ref _connections, change);

    /// <inheritdoc />
    public void Dispose()
    {
        Sweeps.Dispose();
        Sets.Dispose();
    }
}
