using Worcr.Protocol;
using Worcr.Protocol.Worker;
using Worcr.SiloHost.Auth;

namespace Worcr.SiloHost.Gateways.Sessions;

/// <summary>
/// One worker's session with the dispatcher, the same behind every transport: it carries what the dispatcher says to the
/// worker, one message at a time, and what the worker says to the dispatcher. A worker that does not take its messages in time is cut off.
/// </summary>
public sealed partial class WorkerSession : IAsyncDisposable
{
    private static readonly Refusal TooManyAcquires = new(RefusalKind.Overloaded, "Too many calls of this connection wait for limits.", RetryAfterMs: 1_000);

    private readonly IDispatcher _dispatcher;
    private readonly IWorkerTransport _transport;
    private readonly SessionSurroundings _around;
    private readonly RegisterReply _opened;
    private readonly string _worker;
    private readonly CancellationTokenSource _over = new();
    private readonly CancellationToken _gone;
    private Task _pump = Task.CompletedTask;
    private int _acquires;
    private long _heard;
    private int _left;

    private WorkerSession(IDispatcher dispatcher, IWorkerTransport transport, SessionSurroundings around, string worker, RegisterReply opened)
    {
        (_dispatcher, _transport, _around, _worker, _opened) = (dispatcher, transport, around, worker, opened);
        _heard = around.Time.GetTimestamp();
        _gone = _over.Token;
    }

    /// <summary>The session's number.</summary>
    public long Number => _opened.Session;

    /// <summary>Opens a session; call <see cref="Start"/> once the worker knows of it.</summary>
    public static async Task<(WorkerSession Session, RegisterReply Opened)> OpenAsync(
        IDispatcher dispatcher, RegisterRequest request, IWorkerTransport transport, SessionSurroundings around, CancellationToken cancel)
    {
        var opened = await dispatcher.RegisterAsync(request, cancel);
        if (opened.Refusal is { } refusal) throw WorkerCallException.Of(refusal);
        return (new WorkerSession(dispatcher, transport, around, request.Worker, opened), opened);
    }

    /// <summary>Starts to carry messages to the worker.</summary>
    /// <param name="caller">Whose worker it is; null: nobody asked.</param>
    public void Start(Principal? caller = null)
    {
        _pump = Task.Run(PumpAsync);
        if (caller is { Scope: not null, ExpiresAt: > 0 }) EndAt(DateTimeOffset.FromUnixTimeMilliseconds(caller.ExpiresAt));
    }

    /// <summary>How attempts ended. What a worker has said counts, also when it is gone before it is answered.</summary>
    public async Task<IReadOnlyList<bool>> ReportAsync(IReadOnlyList<Report> reports)
    {
        return (await HeardAsync(_dispatcher.ReportAsync(new ReportRequest(reports), CancellationToken.None))).Accepted;
    }

    /// <summary>A checkpoint, progress, a log line, or the wish for more time. False: the lease is stale.</summary>
    public async Task<bool> NoteAsync(NoteRequest note)
    {
        var reply = await HeardAsync(_dispatcher.NoteAsync(note, CancellationToken.None));
        if (reply.Refusal is { } refusal) throw WorkerCallException.Of(refusal);
        return reply.Accepted;
    }

    /// <summary>Permits of a limit. False: they could not be had in time, or the lease is stale. The wait ends with the connection.</summary>
    public async Task<bool> AcquireAsync(AcquireRequest request)
    {
        try
        {
            if (Interlocked.Increment(ref _acquires) > WorkerBounds.WaitingAcquires) throw WorkerCallException.Of(TooManyAcquires);
            var reply = await HeardAsync(_dispatcher.AcquireAsync(request, _gone));
            if (reply.Refusal is { } refusal) throw WorkerCallException.Of(refusal);
            return reply.Granted;
        }
        catch (OperationCanceledException) when (_gone.IsCancellationRequested)
        {
            throw new WorkerCallException(ErrorCodes.Unavailable, "The session is over.");
        }
        finally
        {
            Interlocked.Decrement(ref _acquires);
        }
    }

    /// <summary>The worker has another number of slots.</summary>
    public Task SlotsAsync(int slots) => TellAsync(SessionAction.Slots, slots);

    /// <summary>The worker wants no more jobs.</summary>
    public Task DrainAsync() => TellAsync(SessionAction.Drain);

    /// <summary>The worker lives.</summary>
    /// <returns>How many leases count against its slots.</returns>
    public Task<int> HeartbeatAsync()
    {
        Volatile.Write(ref _heard, _around.Time.GetTimestamp());
        return TellAsync(SessionAction.Heartbeat);
    }

    /// <summary>
    /// The worker is gone. For good: what it holds is requeued at once; else that waits for it to come back.
    /// </summary>
    public async Task LeaveAsync(bool forGood)
    {
        if (Interlocked.Exchange(ref _left, 1) == 1) return;
        await _over.CancelAsync();
        await _pump;
        if (_expiry is { } expiry) await expiry.DisposeAsync();
        try
        {
            await _dispatcher.SessionAsync(new SessionRequest(Number, forGood ? SessionAction.Close : SessionAction.Detach), CancellationToken.None);
        }
        catch (DispatcherUnavailableException e)
        {
            LogLeftUnheard(_worker, Number, e.Message); // its sessions went with it, and their leases wait as if detached
        }

        _over.Dispose();
    }

    /// <summary>The connection is over.</summary>
    public ValueTask DisposeAsync() => new(LeaveAsync(forGood: false));

    /// <summary>The call is on its way already when the worker is noted as heard: what a worker says stays in its order.</summary>
    private async Task<T> HeardAsync<T>(Task<T> call)
    {
        await Task.WhenAll(call, HearAsync());
        return await call;
    }

    private async Task HearAsync()
    {
        if (_opened.HeartbeatMs <= 0) return;
        var heard = Volatile.Read(ref _heard);
        if (_around.Time.GetElapsedTime(heard).TotalMilliseconds * 2 < _opened.HeartbeatMs) return;
        if (Interlocked.CompareExchange(ref _heard, _around.Time.GetTimestamp(), heard) == heard) await TellAsync(SessionAction.Heartbeat);
    }

    private async Task<int> TellAsync(SessionAction action, int slots = 0)
    {
        var reply = await _dispatcher.SessionAsync(new SessionRequest(Number, action, slots), CancellationToken.None);
        if (reply.Known) return reply.Held;
        LogForgotten(_worker, Number);
        _transport.Abort();
        throw new WorkerCallException(ErrorCodes.Unavailable, "The session is not known any more: register again.");
    }

    private async Task PumpAsync()
    {
        try
        {
            await foreach (var message in _dispatcher.ReceiveAsync(Number, _over.Token)) await CarryAsync(message);
            LogClosed(_worker, Number);
        }
        catch (OperationCanceledException) when (_over.IsCancellationRequested)
        {
            return;
        }
        catch (TimeoutException)
        {
            LogTooSlow(_worker, Number, _around.SendTimeout.TotalSeconds);
        }
        catch (DispatcherUnavailableException e)
        {
            LogUnavailable(_worker, Number, e.Message);
        }
        catch (Exception e)
        {
            LogBroken(e, _worker, Number);
        }

        _transport.Abort();
    }

    private async Task CarryAsync(SessionMessage message)
    {
        if (message is not SessionMessage.Run run)
        {
            await InTimeAsync(_transport.SendAsync(message, _over.Token));
            return;
        }

        for (var start = 0; start < run.Jobs.Count;)
        {
            var batch = RunBatch.Next(run.Jobs, start);
            await InTimeAsync(_transport.RunAsync(batch, _over.Token));
            start += batch.Count;
        }
    }

    private Task InTimeAsync(Task sending) => sending.IsCompleted ? sending : sending.WaitAsync(_around.SendTimeout, _around.Time, _over.Token);
}
