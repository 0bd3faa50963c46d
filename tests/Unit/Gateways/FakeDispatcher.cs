using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Worcr.Core.Rules;
using Worcr.Grains;

namespace Worcr.Unit.Gateways;

/// <summary>
/// A dispatcher with just enough of a brain for its gateways: jobs wait in one queue, go to sessions with free slots, come back when they are
/// yielded or lost, and are counted when they end. Everything that happens wakes <see cref="Changes"/>.
/// </summary>
public sealed class FakeDispatcher : IDispatcher, IDispatchers
{
    private readonly Lock _gate = new();
    private readonly Queue<Work> _queue = new();
    private readonly Dictionary<LeaseToken, Lease> _leases = [];
    private readonly Dictionary<long, Session> _sessions = [];
    private readonly List<TaskCompletionSource> _pollers = [];
    private TaskCompletionSource? _hold;
    private int _broken;
    private long _seq;
    private uint _nonce;
    private long _session;

    public Changes Changes { get; } = new();

    /// <summary>Makes jobs as they are asked for, without end.</summary>
    public LaneShape? Endless { get; set; }

    public long HeartbeatMs { get; set; } = 10_000;

    public List<RegisterRequest> Registrations { get; } = [];

    public List<Report> Reports { get; } = [];

    public List<NoteRequest> Notes { get; } = [];

    public List<SessionRequest> SessionCalls { get; } = [];

    public int Completed { get; private set; }

    public int Failed { get; private set; }

    public int Yielded { get; private set; }

    public int Stale { get; private set; }

    public int ReportCalls { get; private set; }

    public bool IsKeepingRecords { get; set; } = true;

    public Refusal? Refuses { get; set; }

    public Exception? Breaks { get; set; }

    public int Waiting => Locked(() => _queue.Count);

    public int Live => Locked(() => _leases.Count);

    public int Pollers => Locked(() => _pollers.Count);

    /// <summary>Whether a poller's call was cancelled while <see cref="HoldLeases"/> held its answer.</summary>
    public bool HungUp { get; private set; }

    /// <summary>The endpoints that there are.</summary>
    public Dictionary<string, EndpointRule> Endpoints { get; } = [];

    /// <summary>What was said last of an endpoint.</summary>
    public EndpointFigures? Figures { get; private set; }

    /// <summary>What listeners hear.</summary>
    public Func<CancellationToken, IAsyncEnumerable<DispatcherEvent>> Happening { get; set; } = _ => throw new NotSupportedException();

    public int Sessions => Locked(() => _sessions.Count);

    public ValueTask<IDispatcher> FindAsync(string name, CancellationToken cancel) => ValueTask.FromResult<IDispatcher>(this);

    public ValueTask<IDispatcher?> FindExistingAsync(string name, CancellationToken cancel) => ValueTask.FromResult<IDispatcher?>(this);

    public void Add(int count, string type = "test", string args = "{\"n\":1}", long timeoutMs = 60_000, string tenant = "acme")
    {
        var shape = new LaneShape(type, tenant, "default", ["a", "b"], 1, 0, null);
        lock (_gate)
        {
            for (var i = 0; i < count; i++) _queue.Enqueue(new Work(++_seq, shape, System.Text.Encoding.UTF8.GetBytes(args), timeoutMs));
            Feed();
        }

        Changes.Happened();
    }

    public void Say(SessionMessage message)
    {
        lock (_gate)
        {
            foreach (var session in _sessions.Values) session.Out.Writer.TryWrite(message);
        }
    }

    public LeaseToken[] LiveLeases() => Locked(() => _leases.Keys.ToArray());

    /// <summary>Forgets every session, as a restart does.</summary>
    public void CloseSessions() => Change(() =>
    {
        foreach (var session in _sessions.Values) session.Out.Writer.TryComplete();
        _sessions.Clear();
    });

    /// <summary>Takes a lease away.</summary>
    public void Fence(LeaseToken lease) => Change(() => _leases.Remove(lease));

    public Task<RegisterReply> RegisterAsync(RegisterRequest request, CancellationToken cancel)
    {
        if (Breaks is { } error) throw error;
        if (Refuses is { } refusal) return Task.FromResult(new RegisterReply(0, [], 0, refusal));
        return Task.FromResult(Change(() =>
        {
            Registrations.Add(request);
            foreach (var (old, gone) in _sessions.Where(session => session.Value.Request.Worker == request.Worker).ToArray())
            {
                gone.Out.Writer.TryComplete();
                _sessions.Remove(old);
            }

            var session = new Session(request, ++_session) { Slots = request.Slots, Ahead = request.Prefetch ?? 0 };
            _sessions.Add(session.Number, session);
            var held = request.Held.ToHashSet();
            var accepted = new List<LeaseToken>();
            foreach (var lease in _leases.Values.Where(lease => lease.Worker == request.Worker).ToArray())
            {
                if (held.Contains(lease.Token)) accepted.Add(lease.Token);
                else Requeue(lease);
            }

            session.Held = accepted.Count;
            foreach (var token in accepted) _leases[token].Session = session;
            Feed();
            return new RegisterReply(session.Number, accepted, HeartbeatMs);
        }));
    }

    public async IAsyncEnumerable<SessionMessage> ReceiveAsync(long session, [EnumeratorCancellation] CancellationToken cancel)
    {
        var known = Locked(() => _sessions.GetValueOrDefault(session));
        if (known is null) yield break;
        await foreach (var message in known.Out.Reader.ReadAllAsync(cancel)) yield return message;
    }

    public Task<SessionReply> SessionAsync(SessionRequest request, CancellationToken cancel)
    {
        if (Breaks is { } error) throw error;
        return Task.FromResult(Change(() =>
        {
            SessionCalls.Add(request);
            if (!_sessions.TryGetValue(request.Session, out var session)) return new SessionReply(false);
            if (request.Action == SessionAction.Slots) session.Slots = request.Slots;
            if (request.Action == SessionAction.Drain) (session.Slots, session.Ahead) = (0, 0);
            if (request.Action is SessionAction.Detach or SessionAction.Close)
            {
                session.Out.Writer.TryComplete();
                _sessions.Remove(request.Session);
            }

            if (request.Action == SessionAction.Close)
                foreach (var lease in _leases.Values.Where(lease => lease.Session == session).ToArray()) Requeue(lease);
            Feed();
            return new SessionReply(true);
        }));
    }

    public async Task<LeaseReply> LeaseAsync(LeaseRequest request, CancellationToken cancel)
    {
        if (Refuses is { } refusal) return new LeaseReply([], refusal);
        var poller = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Change(() => _pollers.Add(poller));
        for (; ; )
        {
            var jobs = Change(() => Take(request.Max, request.Worker, null));
            if (jobs.Count > 0 || request.WaitMs == 0) return new LeaseReply(await HeldAsync(jobs, cancel));
            await poller.Task.WaitAsync(TimeSpan.FromMilliseconds(request.WaitMs), cancel);
        }
    }

    /// <summary>Lets so many calls of reports fail.</summary>
    public void BreaksReports(int times) => Interlocked.CompareExchange(ref _broken, times, 0);

    public Task<ReportReply> ReportAsync(ReportRequest request, CancellationToken cancel)
    {
        if (Breaks is { } error) throw error;
        if (Interlocked.Decrement(ref _broken) > 0) throw new DispatcherUnavailableException("It restarts.");
        return Task.FromResult(Change(() =>
        {
            var accepted = new bool[request.Reports.Count];
            for (var i = 0; i < accepted.Length; i++) accepted[i] = End(request.Reports[i]);
            ReportCalls++;
            if (IsKeepingRecords) Reports.AddRange(request.Reports);
            Feed();
            return new ReportReply(accepted);
        }));
    }

    public Task<OrderReply> OrderAsync(OrderRequest request, CancellationToken cancel) => throw new NotSupportedException();

    public Task<HeldLeaseReply> HeldLeaseAsync(HeldLeaseRequest request, CancellationToken cancel) => throw new NotSupportedException();

    public Task<ControlReply> FinishAsync(FinishJobRequest request, CancellationToken cancel) => throw new NotSupportedException();

    public Task<ControlReply> RemoveAsync(RemoveJobRequest request, CancellationToken cancel) => throw new NotSupportedException();

    public Task<BacklogReply> BacklogAsync(BacklogRequest request, CancellationToken cancel) => throw new NotSupportedException();

    public Task<NoteReply> NoteAsync(NoteRequest request, CancellationToken cancel) => Task.FromResult(Change(() =>
    {
        Notes.Add(request);
        return new NoteReply(_leases.ContainsKey(request.Lease));
    }));

    public Task<EnqueueReply> EnqueueAsync(EnqueueRequest request, CancellationToken cancel) => throw new NotSupportedException();

    public Task<JobReply> GetAsync(GetJobRequest request, CancellationToken cancel) => throw new NotSupportedException();

    public Task<JobReply> WaitAsync(WaitJobRequest request, CancellationToken cancel) => throw new NotSupportedException();

    public Task<JobPageReply> QueryAsync(QueryJobsRequest request, CancellationToken cancel) => throw new NotSupportedException();

    public Task<ControlReply> ControlAsync(ControlJobRequest request, CancellationToken cancel) => throw new NotSupportedException();

    public Task<BulkReply> BulkAsync(BulkRequest request, CancellationToken cancel) => throw new NotSupportedException();

    public Task<LogsReply> LogsAsync(LogsRequest request, CancellationToken cancel) => throw new NotSupportedException();

    /// <summary>Grants what does not wait, lets wait until <see cref="Grant"/> what does.</summary>
    public async Task<AcquireReply> AcquireAsync(AcquireRequest request, CancellationToken cancel)
    {
        var granted = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        if (request.WaitMs == 0) return new AcquireReply(Locked(() => _leases.ContainsKey(request.Lease)), true);
        Change(() => Acquirers.Add(granted));
        await using var gone = cancel.UnsafeRegister(_ => Change(() =>
        {
            Acquirers.Remove(granted);
            granted.TrySetCanceled(cancel);
        }), null);
        await granted.Task;
        return new AcquireReply(true, true);
    }

    public List<TaskCompletionSource> Acquirers { get; } = [];

    public void Grant() => Change(() =>
    {
        Acquirers[0].TrySetResult();
        Acquirers.RemoveAt(0);
    });

    public Task<BatchReply> BatchesAsync(BatchRequest request, CancellationToken cancel) => throw new NotSupportedException();

    public Task<ExplainReply> ExplainAsync(ExplainRequest request, CancellationToken cancel) => throw new NotSupportedException();

    public Task<ResourceReply> ResourcesAsync(ResourceRequest request, CancellationToken cancel)
    {
        if (Breaks is { } error) throw error;
        return Task.FromResult(Change(() =>
        {
            if (request is ResourceRequest.Note note) Figures = note.Figures;
            return new ResourceReply(request is ResourceRequest.Read ? [.. Endpoints.Select(e => new ResourceView(e.Key, e.Value, ResourceFigures.None))] : []);
        }));
    }

    public Task<BulkReply> RestoreAsync(RestoreRequest request, CancellationToken cancel) => throw new NotSupportedException();

    public Task<StatsReply> StatsAsync(StatsRequest request, CancellationToken cancel) => throw new NotSupportedException();

    public Task<ViolationsReply> ViolationsAsync(ViolationsRequest request, CancellationToken cancel) => throw new NotSupportedException();

    public IAsyncEnumerable<DispatcherEvent> EventsAsync(EventsRequest request, CancellationToken cancel) => Happening(cancel);

    /// <summary>Holds leases back after they were made, as a commit that takes its time.</summary>
    public void HoldLeases() => _hold = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

    public void ReleaseLeases() => _hold?.TrySetResult();

    private async Task<List<LeasedJob>> HeldAsync(List<LeasedJob> jobs, CancellationToken cancel)
    {
        if (_hold is not { } hold) return jobs;
        await using var gone = cancel.UnsafeRegister(_ => Change(() => HungUp = true), null);
        await hold.Task;
        return jobs;
    }

    private bool End(Report report)
    {
        if (!_leases.Remove(report.Lease, out var lease))
        {
            Stale++;
            return false;
        }

        if (lease.Session is { } session) session.Held--;
        if (report.Outcome == ReportOutcome.Complete) Completed++;
        else if (report.Outcome == ReportOutcome.Fail) Failed++;
        else
        {
            Yielded++;
            _queue.Enqueue(lease.Work with { Attempt = lease.Work.Attempt + 1 });
        }

        return true;
    }

    private void Requeue(Lease lease)
    {
        _leases.Remove(lease.Token);
        _queue.Enqueue(lease.Work with { Attempt = lease.Work.Attempt + 1 });
    }

    private void Feed()
    {
        foreach (var session in _sessions.Values)
        {
            var jobs = Take(session.Slots + session.Ahead - session.Held, session.Request.Worker, session);
            if (jobs.Count > 0) session.Out.Writer.TryWrite(new SessionMessage.Run(jobs));
        }

        foreach (var poller in _pollers) poller.TrySetResult();
        _pollers.Clear();
    }

    private List<LeasedJob> Take(int most, string worker, Session? session)
    {
        var jobs = new List<LeasedJob>(Math.Max(0, most));
        while (jobs.Count < most)
        {
            if (!_queue.TryDequeue(out var work))
            {
                if (Endless is not { } shape) break;
                work = new Work(++_seq, shape, "{\"n\":1}"u8.ToArray(), 60_000);
            }

            var token = new LeaseToken(work.Seq, work.Attempt, ++_nonce);
            _leases.Add(token, new Lease(token, work, worker) { Session = session });
            if (session is not null) session.Held++;
            jobs.Add(new LeasedJob(JobId.Create(1_700_000_000_000, work.Seq, 7), token, work.Shape, work.Args, work.Attempt, work.TimeoutMs, work.Checkpoints, null));
        }

        return jobs;
    }

    private T Locked<T>(Func<T> read)
    {
        lock (_gate) return read();
    }

    private T Change<T>(Func<T> change)
    {
        T result;
        lock (_gate) result = change();
        Changes.Happened();
        return result;
    }

    private void Change(Action change)
    {
        lock (_gate) change();
        Changes.Happened();
    }

    private sealed record Work(long Seq, LaneShape Shape, byte[] Args, long TimeoutMs, int Attempt = 1, byte[]? Checkpoints = null);

    private sealed class Lease(LeaseToken token, Work work, string worker)
    {
        public LeaseToken Token => token;

        public Work Work => work;

        public string Worker => worker;

        public Session? Session { get; set; }
    }

    private sealed class Session(RegisterRequest request, long number)
    {
        public RegisterRequest Request => request;

        public long Number => number;

        public int Slots { get; set; }

        public int Ahead { get; set; }

        public int Held { get; set; }

        public Channel<SessionMessage> Out { get; } = Channel.CreateUnbounded<SessionMessage>(new UnboundedChannelOptions { SingleReader = true });
    }
}
