using Worcr.SiloHost.Hosting;

namespace Worcr.SiloHost.Events;

/// <summary>Knows when the streams of events have to end: they never would by themselves, and a silo that drains waits for its connections.</summary>
internal sealed class EventStreams(IHostApplicationLifetime lifetime) : IDrainable, IDisposable
{
    private readonly CancellationTokenSource _end = CancellationTokenSource.CreateLinkedTokenSource(lifetime.ApplicationStopping);

    /// <summary>The silo drains or stops.</summary>
    public CancellationToken End => _end.Token;

    public Task DrainAsync(CancellationToken cancel) => _end.CancelAsync();

    public void Dispose() => _end.Dispose();
}
