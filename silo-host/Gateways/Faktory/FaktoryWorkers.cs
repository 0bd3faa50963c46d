using Worcr.SiloHost.Gateways.Tcp;

namespace Worcr.SiloHost.Gateways.Faktory;

/// <summary>The workers that are connected.</summary>
internal sealed class FaktoryWorkers(TimeProvider time, Func<ValueTask<IDispatcher>> dispatcher)
{
    private readonly Dictionary<string, FaktoryWorker> _workers = new(StringComparer.Ordinal);
    private readonly Lock _lock = new();

    /// <summary>How many there are.</summary>
    public int Count
    {
        get
        {
            lock (_lock) return _workers.Count;
        }
    }

    /// <summary>A connection of a worker, perhaps its first.</summary>
    public FaktoryWorker Join(string wid, TcpConnection connection)
    {
        lock (_lock)
        {
            if (!_workers.TryGetValue(wid, out var worker)) _workers.Add(wid, worker = new FaktoryWorker(wid, time, dispatcher, Silent));
            worker.Connections.Add(connection);
            return worker;
        }
    }

    /// <summary>The connection is over; with its last one the worker is forgotten.</summary>
    public void Leave(FaktoryWorker worker, TcpConnection connection)
    {
        lock (_lock)
        {
            if (worker.Connections.Remove(connection) && worker.Connections.Count == 0) Forget(worker);
        }
    }

    /// <summary>A worker, or null.</summary>
    public FaktoryWorker? Find(string wid)
    {
        lock (_lock) return _workers.GetValueOrDefault(wid);
    }

    private void Silent(FaktoryWorker worker)
    {
        TcpConnection[] connections;
        lock (_lock)
        {
            Forget(worker);
            connections = [.. worker.Connections];
        }

        foreach (var connection in connections) connection.Stop();
    }

    private void Forget(FaktoryWorker worker)
    {
        if (_workers.TryGetValue(worker.Wid, out var known) && known == worker) _workers.Remove(worker.Wid);
        worker.Dispose();
    }
}
