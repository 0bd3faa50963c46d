using Worcr.Protocol.Worker;
using Worcr.SiloHost.Gateways.Sessions;

namespace Worcr.SiloHost.Gateways.SignalR;

/// <summary>What the hub remembers of one connection.</summary>
internal sealed class WorkerConnection
{
    private WorkerSession? _session;
    private int _registered;
    private int _faults;

    /// <summary>The open session; refuses when there is none.</summary>
    public WorkerSession Session => Volatile.Read(ref _session) ?? throw new WorkerCallException(WorkerErrors.NotRegistered, "Call Register first.");

    /// <summary>Claims the connection's one session.</summary>
    public void BeginRegister()
    {
        if (Interlocked.Exchange(ref _registered, 1) == 1) throw new WorkerCallException(WorkerErrors.NotRegistered, "The connection has a session already.");
    }

    /// <summary>The session is open.</summary>
    public void EndRegister(WorkerSession session) => Volatile.Write(ref _session, session);

    /// <summary>There is no session after all; the worker may try again.</summary>
    public void FailRegister() => Volatile.Write(ref _registered, 0);

    /// <summary>Counts a faulty call; true when it was the last one that is borne.</summary>
    public bool CountFault() => Interlocked.Increment(ref _faults) == WorkerBounds.FailedCalls;

    /// <summary>Ends the session, if there is one.</summary>
    public Task LeaveAsync(bool forGood) => Volatile.Read(ref _session)?.LeaveAsync(forGood) ?? Task.CompletedTask;
}
