using Worcr.Core.Fairness;
using Worcr.Core.Overload;
using Worcr.Core.Time;
using Worcr.Grains.Jobs;
using Worcr.Grains.Workers;

namespace Worcr.Grains;

/// <summary>
/// The brain of a namespace: single-threaded, without clock, randomness or I/O of its own. A host (<see cref="DispatcherGrain"/>, or the
/// simulation) turns it, again and again:
/// <code>
///   Begin(now) -> Handle(message)... -> Finished(read)..., Committed(work)... -> RunTimers() -> Serve()
///             -> TryTakeWork: write it, then Committed    -> TryTakeRead: read it, then Finished
/// </code>
/// Memory runs ahead of the store by the flushes under way; effects (answers, messages to workers) wait for their flush and are done in
/// the order of the flushes. After an error of unknown outcome the whole object is thrown away and made anew from the store.
/// </summary>
public sealed partial class Dispatcher
{
    private readonly DispatcherOptions _options;
    private readonly IJobTemplates _templates;
    private readonly Ownership _ownership;
    private readonly Random _chance;
    private readonly FairScheduler _scheduler;
    private readonly TimerHeap _timers = new();
    private readonly Dictionary<long, JobGrain> _jobs = [];
    private readonly Dictionary<Guid, JobGrain> _clientIds = [];
    private long _now;
    private long _lastSeq;
    private bool _draining;

    /// <summary>Makes the dispatcher from what the store knows.</summary>
    /// <param name="options">Bounds and times.</param>
    /// <param name="templates">Makes the jobs of schedules.</param>
    /// <param name="ownership">The right to write the namespace.</param>
    /// <param name="state">What the store knows.</param>
    /// <param name="chance">Seeded randomness: jitter, ids, nonces.</param>
    /// <param name="now">Unix milliseconds.</param>
    public Dispatcher(DispatcherOptions options, IJobTemplates templates, Ownership ownership, NamespaceState state, Random chance, long now)
    {
        (_options, _templates, _ownership, _chance) = (options, templates, ownership, chance);
        _scheduler = new FairScheduler(new Random(chance.Next()));
        _admission = new AdmissionController(options.Admission);
        _now = _since = now;
        GoOn(state);
        Recover(state);
    }

    /// <summary>The right to write the namespace.</summary>
    public Ownership Ownership => _ownership;

    /// <summary>The dispatcher's time: the latest it was told, Unix milliseconds.</summary>
    public long Now => _now;

    /// <summary>When it has something to do by itself, Unix milliseconds.</summary>
    public long NextWakeAt => Math.Min(_timers.NextAt, _alarmReadAt);

    /// <summary>Whether the inbox has to wait because the store does not keep up.</summary>
    public bool IsFull => _work.Operations >= _options.FlushOperations;

    /// <summary>Leases that are open.</summary>
    public int OpenLeases => _running.Count;

    /// <summary>Whether no lease is open and everything that was done is durable and answered.</summary>
    public bool IsAtRest => _running.Count == 0 && _underWay.Count == 0 && _work.IsEmpty;

    /// <summary>Jobs in memory: at the heads of their strands, near their time, or running.</summary>
    public int JobsInMemory => _jobs.Count;

    /// <summary>Whether a worker is connected.</summary>
    public bool HasWorkers => _sessions.Values.Any(s => s.Poll is null && s.State != SessionState.Detached);

    /// <summary>Starts a turn. Time that goes backwards stands still.</summary>
    public void Begin(long now)
    {
        _now = Math.Max(_now, now);
        MeasureLoad();
        TurnGates();
    }

    /// <summary>Applies one message.</summary>
    public void Handle(Envelope envelope)
    {
        if (envelope.ArrivedAt > 0) _admission.Waited(_now - envelope.ArrivedAt, envelope.Ahead);
        if (envelope.Cancel.IsCancellationRequested)
        {
            envelope.Fail(new OperationCanceledException(envelope.Cancel));
            return;
        }

        switch (envelope.Request)
        {
            case EnqueueRequest request: Enqueue(envelope, request); break;
            case ReportRequest request: Report(envelope, request); break;
            case LeaseRequest request: Lease(envelope, request); break;
            case NoteRequest request: Note(envelope, request); break;
            case RegisterRequest request: Register(envelope, request); break;
            case SessionRequest request: Change(envelope, request); break;
            case GetJobRequest request: Get(envelope, request.Id); break;
            case WaitJobRequest request: Wait(envelope, request); break;
            case ControlJobRequest request: Control(envelope, request); break;
            case BulkRequest request: Bulk(envelope, request); break;
            case QueryJobsRequest request: Query(envelope, request); break;
            case LogsRequest request: Logs(envelope, request); break;
            default: HandleOther(envelope); break;
        }
    }

    /// <summary>What is asked seldom: rules, batches, reasons, figures, events.</summary>
    private void HandleOther(Envelope envelope)
    {
        switch (envelope.Request)
        {
            case ResourceRequest request: Resources(envelope, request); break;
            case BatchRequest request: Batches(envelope, request); break;
            case RestoreRequest request: Restore(envelope, request); break;
            case ExplainRequest request: Explain(envelope, request); break;
            case AcquireRequest request: Acquire(envelope, request); break;
            case OrderRequest request: Order(envelope, request); break;
            case HeldLeaseRequest request: FindHeldLease(envelope, request); break;
            case FinishJobRequest request: FinishById(envelope, request); break;
            case RemoveJobRequest request: Remove(envelope, request); break;
            case BacklogRequest request: Backlog(envelope, request); break;
            case StatsRequest: Stats(envelope); break;
            case ViolationsRequest request: Violations(envelope, request); break;
            case EventsRequest request: Listen(envelope, request); break;
            default: throw new NotSupportedException($"No dispatcher understands {envelope.Request.GetType()}.");
        }
    }

    /// <summary>Does what is due.</summary>
    public void RunTimers()
    {
        while (_timers.TryTakeDue(_now, out var due)) Ring(due);
        ReadAlarmsIfDue();
    }

    /// <summary>Stops leasing and asks all workers to finish or yield.</summary>
    public void Drain(string reason)
    {
        _draining = true;
        foreach (var session in _sessions.Values) DrainSession(session, reason);
    }

    /// <summary>Ends all sessions in good order: what their workers hold is given back. <paramref name="done"/> is called when that is durable.</summary>
    public void CloseAll(Action done)
    {
        _draining = true;
        foreach (var session in _sessions.Values.ToArray())
        {
            if (session.Poll is null) Close(session);
            else EndPoll(session);
        }

        _work.Effects.Add(() =>
        {
            EndListeners();
            done();
        });
    }

    /// <summary>Ends all sessions as they are: the dispatcher is thrown away, and their workers have to come back to its successor.</summary>
    public void Abandon()
    {
        foreach (var session in _sessions.Values) session.Outgoing.Writer.TryComplete();
        EndListeners();
    }

    private void Answer(Envelope envelope, object reply) => _work.Effects.Add(() => envelope.Reply(reply));
}
