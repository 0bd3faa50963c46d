namespace Worcr.SiloHost.Gateways.Faktory;

/// <summary>
/// Jobs leased ahead for a worker that fetches one after the other and is done with each in a moment: one lease of many spares it a wait for the store with
/// every FETCH. Only jobs of the first queue that it names, so that the order of its queues holds; what it does not fetch soon is given back. A lease is
/// extended soon after its job was handed over: until then it counts as not delivered (<see cref="LeaseRequest.Ahead"/>).
/// </summary>
internal sealed class FaktoryStock : IDisposable
{
    private const int Most = 64;

    /// <summary>So many fetches, each so soon after the one before, are of a worker to lease ahead for.</summary>
    private const int Hurried = 8;
    private static readonly TimeSpan Soon = TimeSpan.FromMilliseconds(50);

    /// <summary>How long a job may lie here, and be delivered without being extended.</summary>
    private static readonly TimeSpan Rest = TimeSpan.FromMilliseconds(200);

    private readonly Lock _lock = new();
    private readonly Queue<LeasedJob> _jobs = new();
    private readonly Dictionary<Guid, LeaseToken> _delivered = [];
    private readonly TimeProvider _time;
    private readonly Func<ValueTask<IDispatcher>> _dispatcher;
    private readonly ITimer _timer;
    private string _queue = "";
    private long _fetchedAt;
    private long _filledAt;
    private int _hurry;
    private int _ahead = 1;
    private bool _isSet;
    private bool _isClosed;

    /// <summary>An empty one.</summary>
    public FaktoryStock(TimeProvider time, Func<ValueTask<IDispatcher>> dispatcher)
    {
        (_time, _dispatcher) = (time, dispatcher);
        _timer = time.CreateTimer(_ => Settle(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>A FETCH that names this queue first: a job of it that lies here, or how many to lease.</summary>
    public LeasedJob? Take(string queue, out int wanted)
    {
        lock (_lock)
        {
            _hurry = _fetchedAt > 0 && _time.GetElapsedTime(_fetchedAt) <= Soon ? _hurry + 1 : 0;
            _fetchedAt = _time.GetTimestamp();
            if (_queue == queue && _jobs.TryDequeue(out var job))
            {
                wanted = 0;
                Deliver(job);
                return job;
            }

            _ahead = _hurry < Hurried ? 1 : Math.Min(Most, _ahead * 2);
            wanted = _jobs.Count > 0 ? 1 : _ahead;
            return null;
        }
    }

    /// <summary>Keeps what was leased ahead, but the first job: that is for the worker now.</summary>
    public LeasedJob Put(string queue, IReadOnlyList<LeasedJob> jobs)
    {
        lock (_lock)
        {
            _fetchedAt = _filledAt = _time.GetTimestamp();
            _queue = queue;
            foreach (var job in jobs.Skip(1)) _jobs.Enqueue(job);
            Deliver(jobs[0]);
            if (_isClosed) Settle();
        }

        return jobs[0];
    }

    /// <summary>The worker has said how a job ended: nothing is left to extend.</summary>
    public void Ended(Guid job)
    {
        lock (_lock) _delivered.Remove(job);
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

    private void Deliver(LeasedJob job)
    {
        _delivered[job.Id] = job.Lease;
        if (_isSet || _isClosed) return;
        _isSet = true;
        _timer.Change(Rest, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Gives back what was not fetched in time, and extends what was and goes on.</summary>
    private void Settle()
    {
        lock (_lock)
        {
            _isSet = false;
            LeasedJob[] back = _isClosed || _time.GetElapsedTime(_filledAt) >= Rest ? [.. _jobs] : [];
            if (back.Length > 0)
            {
                _ahead = Math.Max(1, (_ahead - back.Length) / 2);
                _jobs.Clear();
            }

            LeaseToken[] extended = [.. _delivered.Values];
            _delivered.Clear();
            if (back.Length + extended.Length > 0) _ = SettleAsync(back, extended);
            if (_jobs.Count == 0 || _isClosed) return;
            _isSet = true;
            _timer.Change(Rest, Timeout.InfiniteTimeSpan);
        }
    }

    private async Task SettleAsync(LeasedJob[] back, LeaseToken[] extended)
    {
        try
        {
            var dispatcher = await _dispatcher();
            var notes = extended.Select(lease => dispatcher.NoteAsync(new NoteRequest.Extend(lease), CancellationToken.None)).ToArray();
            if (back.Length > 0) await dispatcher.ReportAsync(new ReportRequest([.. back.Select(job => new Report(job.Lease, ReportOutcome.Yield))]), CancellationToken.None);
            await Task.WhenAll(notes);
        }
        catch (DispatcherUnavailableException)
        {
            // It starts anew, and takes what was not extended for not delivered: such a job comes back when its worker registers, or after the grace time.
        }
    }
}
