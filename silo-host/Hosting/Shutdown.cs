namespace Worcr.SiloHost.Hosting;

/// <summary>
/// The order in which a silo stops: it says that it drains (<c>/readyz</c> turns 503), drains everything that can be while it still
/// serves (workers have to report), and only then stops the host. Begins once; later calls wait for the first.
/// </summary>
public sealed partial class Shutdown(
    SiloOptions options, TimeProvider time, IEnumerable<IDrainable> drainables, IHostApplicationLifetime lifetime, ILogger<Shutdown> log)
{
    private readonly Lock _gate = new();
    private Task? _running;

    /// <summary>Whether the silo is on its way out.</summary>
    public bool IsDraining => Volatile.Read(ref _running) is not null;

    /// <summary>Drains and stops.</summary>
    public Task BeginAsync()
    {
        lock (_gate) return _running ??= Task.Run(RunAsync);
    }

    private async Task RunAsync()
    {
        LogDraining(options.DrainTimeout);
        using var limit = new CancellationTokenSource(options.DrainTimeout, time);
        await Task.WhenAll(drainables.Select(d => DrainAsync(d, limit.Token)));
        lifetime.StopApplication();
    }

    private async Task DrainAsync(IDrainable drainable, CancellationToken limit)
    {
        try
        {
            await drainable.DrainAsync(limit).WaitAsync(limit);
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested)
        {
            LogCutShort(drainable.GetType().Name);
        }
        catch (Exception error)
        {
            LogDrainFailed(error, drainable.GetType().Name);
        }
    }
}
