using System.Runtime.InteropServices;

namespace Worcr.SiloHost.Hosting;

/// <summary>SIGTERM and SIGINT: the first begins the <see cref="Shutdown"/>, the second ends the process at once.</summary>
public sealed class SignalLifetime(Shutdown shutdown) : IHostLifetime, IDisposable
{
    private const int ExitCodeOfSecondSignal = 143;
    private readonly List<PosixSignalRegistration> _registrations = [];
    private int _signals;

    /// <inheritdoc />
    public Task WaitForStartAsync(CancellationToken cancellationToken)
    {
        _registrations.Add(PosixSignalRegistration.Create(PosixSignal.SIGTERM, OnSignal));
        _registrations.Add(PosixSignalRegistration.Create(PosixSignal.SIGINT, OnSignal));
        return Task.CompletedTask;
    }

    /// <inheritdoc />
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc />
    public void Dispose()
    {
        foreach (var registration in _registrations) registration.Dispose();
        _registrations.Clear();
    }

    private void OnSignal(PosixSignalContext context)
    {
        context.Cancel = true;
        if (Interlocked.Increment(ref _signals) > 1) Environment.Exit(ExitCodeOfSecondSignal);
        _ = shutdown.BeginAsync();
    }
}
