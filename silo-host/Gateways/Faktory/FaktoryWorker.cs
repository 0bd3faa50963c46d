using Worcr.SiloHost.Gateways.Tcp;

namespace Worcr.SiloHost.Gateways.Faktory;

/// <summary>A worker process: its connections share a wid. Its timer ends it when it does not beat.</summary>
internal sealed class FaktoryWorker : IDisposable
{
    private readonly ITimer _silence;

    /// <summary>A worker that has just said hello.</summary>
    public FaktoryWorker(string wid, TimeProvider time, Func<ValueTask<IDispatcher>> dispatcher, Action<FaktoryWorker> silent)
    {
        Wid = wid;
        Stock = new FaktoryStock(wid, time, dispatcher);
        Presence = new FaktoryPresence(wid, dispatcher);
        _silence = time.CreateTimer(_ => silent(this), null, FaktoryBounds.Silence, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Its name.</summary>
    public string Wid { get; }

    /// <summary>What was leased ahead for it.</summary>
    public FaktoryStock Stock { get; }

    /// <summary>Its session.</summary>
    public FaktoryPresence Presence { get; }

    /// <summary>What it does.</summary>
    public FaktoryWorkerState State { get; private set; }

    /// <summary>Its connections; guarded by <see cref="FaktoryWorkers"/>.</summary>
    public HashSet<TcpConnection> Connections { get; } = [];

    /// <summary>It lives, and says what it does: states that are none, or lie behind it, are overheard.</summary>
    public void Beat(string? state)
    {
        _silence.Change(FaktoryBounds.Silence, Timeout.InfiniteTimeSpan);
        if (state == "quiet") MoveTo(FaktoryWorkerState.Quiet);
        else if (state == "terminate") MoveTo(FaktoryWorkerState.Terminate);
    }

    /// <summary>Goes on to a state.</summary>
    public void MoveTo(FaktoryWorkerState state) => State = state > State ? state : State;

    /// <inheritdoc />
    public void Dispose()
    {
        _silence.Dispose();
        Stock.Dispose();
        _ = Presence.LeaveAsync();
    }
}
