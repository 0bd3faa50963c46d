using System.Text.Json;
using Worcr.Client.Hub;
using Worcr.Protocol.Worker;

namespace Worcr.Client.Running;

/// <summary>What goes on inside a worker: jobs come in, wait for a slot, run, and are reported. It outlives connections.</summary>
internal sealed partial class WorkerEngine : IDisposable
{
    private readonly TimeProvider _time;
    private readonly WorkerLog _log;
    private readonly HandlerTable _handlers;
    private readonly JobBook _book = new();
    private readonly SlotPool _pool;
    private readonly Outbox _outbox;
    private readonly List<JobContext> _late = [];
    private readonly Lazy<WorcrClient> _client;
    private readonly bool _isOwnClient;
    private readonly Action _ended;
    private readonly bool _canRenew;
    private TaskCompletionSource<WorkerLink> _ready = NewReady();
    private TaskCompletionSource? _emptied;
    private volatile bool _serverDrains;

    /// <param name="options">How the worker works.</param>
    /// <param name="handlers">What it can do.</param>
    /// <param name="log">Where it logs.</param>
    /// <param name="ended">Called when an operator has ended the worker.</param>
    public WorkerEngine(WorcrWorkerOptions options, HandlerTable handlers, WorkerLog log, Action ended)
    {
        (_ended, _canRenew) = (ended, options.KeySource is not null);
        (_time, _log, _handlers, Json) = (options.TimeProvider, log, handlers, options.Json);
        _isOwnClient = options.Client is null;
        _client = new Lazy<WorcrClient>(() => options.Client ?? options.NewClient());
        _outbox = new Outbox(_book, AfterForgotten, log, _time);
        _pool = new SlotPool(options.Slots, RunJob, _outbox.Flush);
    }

    /// <summary>How handlers' JSON is read and written.</summary>
    public JsonSerializerOptions Json { get; }

    /// <summary>What handlers enqueue with.</summary>
    public WorcrClient Client => _client.Value;

    /// <summary>Handlers that run now.</summary>
    public int Busy => _pool.Busy;

    /// <summary>Leases that are held.</summary>
    public int Held => _book.Count;

    /// <summary>How many handlers run at once.</summary>
    public int Slots
    {
        get => _pool.Slots;
        set => _pool.Slots = value;
    }

    /// <summary>The moment that is so far away.</summary>
    public long After(TimeSpan span) =>
        span == Timeout.InfiniteTimeSpan ? long.MaxValue : _time.GetTimestamp() + (long)(span.TotalSeconds * _time.TimestampFrequency);

    /// <summary>All leases, for a new session.</summary>
    public JobContext[] Snapshot() => _book.Snapshot();

    /// <summary>A session is open on <paramref name="link"/>: what it did not accept is lost, the rest goes on.</summary>
    public void Attach(WorkerLink link, JobContext[] held, RegisterAnswer answer)
    {
        var accepted = answer.Accepted.ToHashSet(StringComparer.Ordinal);
        foreach (var job in held)
        {
            if (!accepted.Contains(job.Lease)) Drop(job, StopReason.Lost);
        }

        _serverDrains = false;
        _outbox.Open(link);
        _ready.TrySetResult(link);
    }

    /// <summary>The connection is over.</summary>
    public void Detach()
    {
        _outbox.Close();
        if (_ready.Task.IsCompleted) Interlocked.Exchange(ref _ready, NewReady());
    }

    /// <summary>The server sent jobs.</summary>
    public void Run(List<JobContext> jobs)
    {
        var now = _time.GetTimestamp();
        foreach (var job in jobs)
        {
            job.Engine = this;
            job.Invoker = _handlers.Find(job.Type);
            if (job.Timeout > TimeSpan.Zero) job.Deadline = now + (long)(job.Timeout.TotalSeconds * _time.TimestampFrequency);
        }

        _book.Add(jobs);
        _pool.Add(jobs);
    }

    /// <summary>The server wants a job back.</summary>
    public void Interrupt(string lease)
    {
        if (_book.Find(lease) is { } job) AskBack(job, StopReason.Interrupt);
    }

    /// <summary>A job was cancelled.</summary>
    public void Cancel(string lease)
    {
        if (_book.Find(lease) is { } job) Drop(job, StopReason.Cancel);
    }

    /// <summary>The server will send no more jobs: gives back what has not started. After that the worker comes back, unless it was ended.</summary>
    public void ServerDrains(string reason)
    {
        _log.ServerDrains(reason);
        if (reason == DrainReasons.Ended)
        {
            _ended();
            return;
        }

        if (reason == Protocol.KeyBounds.TokenExpires && _canRenew)
        {
            Renew();
            return;
        }

        _serverDrains = true;
        YieldQueued();
        AfterForgotten();
    }

    /// <summary>The token is about to end: the worker comes back at once with another one, and with all that it holds.</summary>
    private void Renew()
    {
        if (_ready.Task is { IsCompletedSuccessfully: true, Result: var link }) link.Break();
    }

    /// <summary>Gives back every job that has not started.</summary>
    public void YieldQueued()
    {
        foreach (var job in _book.Snapshot())
        {
            if (job.Phase == JobPhase.Queued) AskBack(job, StopReason.ShuttingDown);
        }

        _outbox.Flush();
    }

    /// <summary>Asks every handler to stop.</summary>
    public void StopAll()
    {
        foreach (var job in _book.Snapshot()) AskBack(job, StopReason.ShuttingDown);
        _outbox.Flush();
    }

    /// <summary>Completes when nothing is held any more.</summary>
    public Task WhenEmptyAsync()
    {
        var emptied = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        emptied = Interlocked.CompareExchange(ref _emptied, emptied, null) ?? emptied;
        AfterForgotten();
        return emptied.Task;
    }

    /// <summary>Tells jobs whose time is over, and sends reports that have waited long enough. Called every tick.</summary>
    public void Tick()
    {
        _outbox.Flush();
        _book.Late(_time.GetTimestamp(), _late);
        foreach (var job in _late) AskBack(job, StopReason.Timeout);
        _late.Clear();
    }

    public void Dispose()
    {
        if (_isOwnClient && _client.IsValueCreated) _client.Value.Dispose();
    }

    private static TaskCompletionSource<WorkerLink> NewReady() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
