using System.Runtime.InteropServices;

namespace Worcr.SiloHost.Commands;

/// <summary>Ctrl-C, SIGTERM and a closed terminal: the first asks for a graceful end, the second ends the process at once.</summary>
public sealed class Signals : IDisposable
{
    private readonly CancellationTokenSource _stop;
    private readonly PosixSignalRegistration[] _registrations;
    private readonly Action? _beforeExit;
    private int _seen;

    /// <summary>Listens until disposed.</summary>
    /// <param name="cancel">Counts as a first signal.</param>
    /// <param name="beforeExit">Called on the second signal, before the process ends.</param>
    public Signals(CancellationToken cancel, Action? beforeExit = null)
    {
        _beforeExit = beforeExit;
        _stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        PosixSignal[] signals = [PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGHUP];
        _registrations = [.. signals.Select(signal => PosixSignalRegistration.Create(signal, OnSignal))];
    }

    /// <summary>Cancelled by the first signal.</summary>
    public CancellationToken Stopping => _stop.Token;

    /// <inheritdoc />
    public void Dispose()
    {
        foreach (var registration in _registrations) registration.Dispose();
        _stop.Dispose();
    }

    private void OnSignal(PosixSignalContext context)
    {
        if (Interlocked.Increment(ref _seen) > 1)
        {
            _beforeExit?.Invoke();
            return; // and the signal does what it does
        }

        context.Cancel = true;
        _stop.Cancel();
    }
}
