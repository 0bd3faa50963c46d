namespace Worcr.SiloHost.Gateways.Sessions;

/// <summary>The way from a session to its worker, whatever the protocol.</summary>
public interface IWorkerTransport
{
    /// <summary>Sends what the dispatcher says. Completes when the bytes are in a bounded buffer.</summary>
    Task SendAsync(SessionMessage message, CancellationToken cancel);

    /// <summary>Sends jobs; at most one <see cref="RunBatch"/> of them at a time.</summary>
    Task RunAsync(RunBatch jobs, CancellationToken cancel);

    /// <summary>Cuts the connection at once, without waiting for anything to be sent.</summary>
    void Abort();
}
