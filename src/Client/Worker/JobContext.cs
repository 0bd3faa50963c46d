using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Worcr.Client.Running;

namespace Worcr.Client;

/// <summary>A job that a handler runs, and what can be done while it runs.</summary>
[SuppressMessage("Design", "CA1001", Justification = "A token source without a timer and without links has nothing to dispose.")]
public sealed class JobContext
{
    private static readonly byte[] Null = "null"u8.ToArray();
    private JobCheckpoints? _checkpoints;
    private CancellationTokenSource? _stop;
    private int _stopReason;
    private int _phase;

    internal JobContext()
    {
    }

    /// <summary>The job's id.</summary>
    public Guid Id { get; internal set; }

    /// <summary>The kind of work.</summary>
    public string Type { get; internal set; } = "";

    /// <summary>The arguments as UTF-8 JSON.</summary>
    public ReadOnlyMemory<byte> Args { get; internal set; } = Null;

    /// <summary>Which attempt this is, from 1.</summary>
    public int Attempt { get; internal set; }

    /// <summary>On whose behalf it runs; empty for the tenant without a name.</summary>
    public string Tenant { get; internal set; } = "";

    /// <summary>The queue label.</summary>
    public string Queue { get; internal set; } = "";

    /// <summary>The job's tags.</summary>
    public IReadOnlyList<string> Tags { get; internal set; } = [];

    /// <summary>How long this attempt may take, from when the server gave it to the worker.</summary>
    public TimeSpan Timeout { get; internal set; } = System.Threading.Timeout.InfiniteTimeSpan;

    /// <summary>What travels with the job as UTF-8 JSON; empty when there is nothing.</summary>
    public ReadOnlyMemory<byte> Meta { get; internal set; }

    /// <summary>How the job's children stood when this attempt began, or null when it had none.</summary>
    public Protocol.ChildrenDocument? Children { get; internal set; }

    /// <summary>The named values that earlier attempts and this one saved.</summary>
    public JobCheckpoints Checkpoints => LazyInitializer.EnsureInitialized(ref _checkpoints, () => new JobCheckpoints(CheckpointsJson, Engine.Json));

    /// <summary>Why the handler is asked to stop. Cheaper to ask than <see cref="CancellationToken"/>.</summary>
    public StopReason StopReason => (StopReason)Volatile.Read(ref _stopReason);

    /// <summary>Cancelled when the handler is asked to stop; <see cref="StopReason"/> says why.</summary>
    public CancellationToken CancellationToken
    {
        get
        {
            if (_stop is { } known) return known.Token;
            var made = new CancellationTokenSource();
            var stop = Interlocked.CompareExchange(ref _stop, made, null) ?? made;
            if (StopReason != StopReason.None) stop.Cancel();
            return stop.Token;
        }
    }

    /// <summary>The right to run it, as text; opaque.</summary>
    public string Lease { get; internal set; } = "";

    internal ReadOnlyMemory<byte> CheckpointsJson { get; set; }

    internal long Deadline { get; set; } = long.MaxValue;

    internal WorkerEngine Engine { get; set; } = null!;

    internal JobInvoker Invoker { get; set; } = null!;

    internal JobPhase Phase
    {
        get => (JobPhase)Volatile.Read(ref _phase);
        set => Volatile.Write(ref _phase, (int)value);
    }

    internal JobReport Report;

    internal bool TryMove(JobPhase from, JobPhase to) => Interlocked.CompareExchange(ref _phase, (int)to, (int)from) == (int)from;

    internal bool IsInOutbox { get; set; }

    /// <summary>
    /// Saves a named value for the next attempt, should there be one. Completes when the server has it, also across a reconnect.
    /// </summary>
    /// <param name="name">Its name.</param>
    /// <param name="value">Any value that can be written as JSON; all checkpoints of a job together may have 1 MiB.</param>
    /// <exception cref="WorcrException">The job is not this worker's any more (<c>lease_lost</c>), or the server refused.</exception>
    public async Task CheckpointAsync<T>(string name, T value)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        var json = JsonSerializer.SerializeToElement(value, Engine.Json);
        await Engine.NoteAsync(this, Protocol.Worker.WorkerMethods.Checkpoint, [Lease, name, json]);
        Checkpoints.Set(name, json);
    }

    /// <summary>Tells how far the work is.</summary>
    /// <param name="name">What is counted.</param>
    /// <param name="done">How much is done.</param>
    /// <param name="total">Of how much; 0 when not known.</param>
    public Task ProgressAsync(string name, double done, double total = 0)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        return Engine.NoteAsync(this, Protocol.Worker.WorkerMethods.Progress, [Lease, name, done, total]);
    }

    /// <summary>Adds a line to the job's log.</summary>
    /// <param name="line">The line; longer ones than 8,192 characters are cut.</param>
    /// <param name="level">Such as <c>info</c>.</param>
    public Task LogAsync(string line, string level = "info")
    {
        ArgumentNullException.ThrowIfNull(line);
        return Engine.NoteAsync(this, Protocol.Worker.WorkerMethods.Log, [Lease, level, line]);
    }

    /// <summary>Starts the attempt's time-out anew.</summary>
    public async Task ExtendAsync()
    {
        await Engine.NoteAsync(this, Protocol.Worker.WorkerMethods.Extend, [Lease]);
        if (Timeout > TimeSpan.Zero) Deadline = Engine.After(Timeout);
    }

    /// <summary>
    /// Takes permits of a limit (one with <c>use: worker</c>) while the job runs. Those of a concurrency limit come back when the attempt ends; permits
    /// taken by a call whose answer was lost, or that was cancelled, stay taken so long.
    /// </summary>
    /// <param name="limit">The limit's name.</param>
    /// <param name="key">Which of its keys; null: the one for all.</param>
    /// <param name="n">How many.</param>
    /// <param name="wait">How long to wait for them, at most a minute. Default: not at all.</param>
    /// <param name="cancel">Ends the wait.</param>
    /// <returns>Whether they were given.</returns>
    /// <exception cref="WorcrException">There is no such limit, or it never gives so many; or the job is not this worker's any more (<c>lease_lost</c>).</exception>
    public Task<bool> AcquireAsync(string limit, string? key = null, int n = 1, TimeSpan wait = default, CancellationToken cancel = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(limit);
        ArgumentOutOfRangeException.ThrowIfLessThan(n, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(wait, TimeSpan.Zero);
        return Engine.CallAsync<bool>(this, Protocol.Worker.WorkerMethods.Acquire, [Lease, limit, key, n, Protocol.Duration.From(wait).ToString()], cancel);
    }

    /// <summary>
    /// Enqueues children of this job, all or none; completes when they are stored. An attempt that finds <see cref="Children"/> not null comes after one that has enqueued
    /// some: so a handler that enqueues all in one call, and only when it is null, enqueues them once. Goes through <see cref="WorcrWorkerOptions.Client"/>.
    /// </summary>
    /// <param name="children">At most 10,000 and 16 MiB together.</param>
    /// <exception cref="WorcrException">The job has ended meanwhile (409), the key may not enqueue (403), or the server refused a child; then none is enqueued.</exception>
    public Task<IReadOnlyList<EnqueuedJob>> EnqueueChildrenAsync(params IReadOnlyCollection<NewJob> children) => Engine.Client.EnqueueChildrenAsync(Id, children, CancellationToken);

    /// <summary>Gives the job back: it goes on later from its checkpoints.</summary>
    [DoesNotReturn]
    public void Yield() => throw new JobYieldException($"Job {Id} is given back.");

    /// <summary>Gives the job back until all its children have ended, whatever came of them: then it goes on from its checkpoints; at once when none is pending.</summary>
    [DoesNotReturn]
    public void YieldUntilChildren() => throw new JobYieldException($"Job {Id} waits for its children.") { UntilChildren = true };

    /// <summary>Asks the handler to stop; the first reason stays, unless the lease is gone.</summary>
    internal void Stop(StopReason reason)
    {
        var first = Interlocked.CompareExchange(ref _stopReason, (int)reason, (int)StopReason.None) == (int)StopReason.None;
        if (!first && reason is StopReason.Cancel or StopReason.Lost) Volatile.Write(ref _stopReason, (int)reason);
        if (Volatile.Read(ref _stop) is { IsCancellationRequested: false } stop) _ = stop.CancelAsync();
    }
}
