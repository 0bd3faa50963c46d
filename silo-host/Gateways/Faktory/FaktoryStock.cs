namespace Worcr.SiloHost.Gateways.Faktory;

/// <summary>
/// Jobs leased ahead for a worker that fetches one after the other and is done with each in a moment: one lease of many spares it a wait for the store with
/// every FETCH, and the next lease is on its way before the last of them is gone. Only jobs of the first queue that it names, so that the order of its queues holds; what
/// it does not fetch soon is given back. A lease is extended soon after its job was handed over, unless the job has ended by then: until then it counts as not delivered
/// (<see cref="LeaseRequest.Ahead"/>).
/// </summary>
internal sealed partial class FaktoryStock : IDisposable
{
    private const int Most = 64;

    /// <summary>When no more are left, others are leased.</summary>
    private const int Few = 24;

    /// <summary>So many fetches, each so soon after the one before, are of a worker to lease ahead for.</summary>
    private const int Hurried = 8;
    private static readonly TimeSpan Soon = TimeSpan.FromMilliseconds(50);

    /// <summary>How long a job may lie here.</summary>
    private static readonly TimeSpan Rest = TimeSpan.FromMilliseconds(200);

    /// <summary>How often is looked: a job that was handed over and goes on is extended when it was seen twice.</summary>
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(20);

    private readonly Lock _lock = new();
    private readonly Queue<LeasedJob> _jobs = new();
    private readonly string _wid;
    private readonly TimeProvider _time;
    private readonly Func<ValueTask<IDispatcher>> _dispatcher;
    private readonly ITimer _timer;
    private Dictionary<Guid, LeaseToken> _delivered = [];
    private Dictionary<Guid, LeaseToken> _seen = [];
    private Task _filling = Task.CompletedTask;
    private string _queue = "";
    private long _fetchedAt;
    private long _filledAt;
    private int _hurry;
    private int _ahead = 1;
    private bool _isAsked;
    private bool _isDry;
    private bool _isSet;
    private bool _isClosed;

    /// <summary>An empty one.</summary>
    public FaktoryStock(string wid, TimeProvider time, Func<ValueTask<IDispatcher>> dispatcher)
    {
        (_wid, _time, _dispatcher) = (wid, time, dispatcher);
        _timer = time.CreateTimer(_ => Settle(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>A FETCH that names this queue first: a job of it that lies here, or is on its way; null: whoever fetches has to ask, see <see cref="Ask"/>.</summary>
    public async ValueTask<LeasedJob?> TakeAsync(string queue)
    {
        Task filling;
        lock (_lock)
        {
            _hurry = _fetchedAt > 0 && _time.GetElapsedTime(_fetchedAt) <= Soon ? _hurry + 1 : 0;
            _fetchedAt = _time.GetTimestamp();
            if (Take(queue) is { } job) return job;
            if (_filling.IsCompleted || _queue != queue) return null;
            filling = _filling;
        }

        await filling;
        lock (_lock) return Take(queue);
    }

    /// <summary>How many to lease; more than one: bring what came of it, also when nothing did (<see cref="Put"/>).</summary>
    public int Ask()
    {
        lock (_lock)
        {
            if (_hurry < Hurried) _ahead = 1;
            if (_isAsked || _jobs.Count > 0 || _hurry < Hurried) return 1;
            _ahead = Math.Min(Most, _ahead * 2);
            _isAsked = _ahead > 1;
            return _ahead;
        }
    }

    /// <summary>Keeps what was leased ahead, but the first job: that is for the worker now. Null: there is none.</summary>
    public LeasedJob? Put(string queue, IReadOnlyList<LeasedJob> jobs)
    {
        lock (_lock)
        {
            (_isAsked, _isDry) = (false, false);
            if (jobs.Count == 0) return null;
            _fetchedAt = _time.GetTimestamp();
            Keep(queue, [.. jobs.Skip(1)]);
            Deliver(jobs[0]);
            if (_isClosed) Settle();
        }

        return jobs[0];
    }

    /// <summary>The worker has said how a job ended: nothing is left to extend.</summary>
    public void Ended(Guid job)
    {
        lock (_lock)
        {
            if (!_delivered.Remove(job)) _seen.Remove(job);
        }
    }

    /// <summary>The worker has gone.</summary>
    public void Dispose()
    {
        lock (_lock)
        {
            _isClosed = true;
            _timer.Dispose();
            Settle();
        }
    }

    private LeasedJob? Take(string queue)
    {
        if (_queue != queue || !_jobs.TryDequeue(out var job)) return null;
        Deliver(job);
        if (_jobs.Count <= Few && !_isDry && !_isClosed && _hurry >= Hurried && _filling.IsCompleted) _filling = Task.Run(() => FillAsync(queue, _ahead = Math.Min(Most, _ahead * 2)));
        return job;
    }

    /// <summary>Of two queues nothing lies here at once.</summary>
    private void Keep(string queue, LeasedJob[] jobs)
    {
        if (jobs.Length == 0) return;
        if (_jobs.Count > 0 && _queue != queue)
        {
            _ = SettleAsync(jobs, []);
            return;
        }

        (_filledAt, _queue) = (_time.GetTimestamp(), queue);
        foreach (var job in jobs) _jobs.Enqueue(job);
        SetTimer();
    }

    private void Deliver(LeasedJob job)
    {
        _delivered[job.Id] = job.Lease;
        SetTimer();
    }

    private void SetTimer()
    {
        if (_isSet || _isClosed) return;
        _isSet = true;
        _timer.Change(Look, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Leases the next ones while the worker is busy with the last.</summary>
    private async Task FillAsync(string queue, int most)
    {
        try
        {
            var request = new LeaseRequest { Worker = _wid, Types = FaktoryClient.AllTypes, Queues = [queue], Max = most, Ahead = true, Transport = "faktory" };
            var reply = await (await _dispatcher()).LeaseAsync(request, CancellationToken.None);
            lock (_lock)
            {
                _isDry = reply.Jobs.Count < most;
                Keep(queue, [.. reply.Jobs]);
                if (_isClosed) Settle();
            }
        }
        catch (DispatcherUnavailableException)
        {
            // The next FETCH asks itself, and its worker is told. What was leased is given back when the worker registers.
        }
    }
}
