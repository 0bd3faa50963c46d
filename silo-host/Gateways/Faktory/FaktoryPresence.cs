using Worcr.Core.Rules;

namespace Worcr.SiloHost.Gateways.Faktory;

/// <summary>
/// A worker's session with the dispatcher: it shows the worker to operators. It has no slots, for its jobs are fetched, and holds no leases, for a reservation
/// outlives its worker.
/// </summary>
internal sealed class FaktoryPresence(string wid, Func<ValueTask<IDispatcher>> dispatcher)
{
    private static readonly SessionReply Unheard = new(false);

    private readonly Lock _lock = new();
    private Task _turn = Task.CompletedTask;
    private string[] _queues = [];
    private long _session;
    private bool _isOver;

    /// <summary>The worker fetches: with its first FETCH its queues are known.</summary>
    public ValueTask FetchesAsync(string[] queues) => Volatile.Read(ref _session) != 0 ? ValueTask.CompletedTask : new ValueTask(InTurnAsync(() => RegisterAsync(queues)));

    /// <summary>The worker lives. A session that is not known any more is opened again.</summary>
    /// <returns>What an operator wants of it; null: nothing.</returns>
    public async Task<WorkerOrder?> BeatAsync(bool takesJobs)
    {
        if (Volatile.Read(ref _session) is var session && session == 0) return null;
        var reply = await TellAsync(session, takesJobs ? SessionAction.Heartbeat : SessionAction.Drain);
        if (reply.Known) return reply.Order;
        Interlocked.CompareExchange(ref _session, 0, session);
        if (takesJobs) await InTurnAsync(() => RegisterAsync(_queues));
        return null;
    }

    /// <summary>The worker has gone.</summary>
    public Task LeaveAsync() => InTurnAsync(async () =>
    {
        _isOver = true;
        if (_session != 0) await TellAsync(_session, SessionAction.Close);
    });

    private Task InTurnAsync(Func<Task> step)
    {
        lock (_lock) return _turn = AfterAsync(_turn, step);
    }

    private static async Task AfterAsync(Task before, Func<Task> step)
    {
        await before.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing); // whoever asked for it hears of it
        await step();
    }

    private async Task RegisterAsync(string[] queues)
    {
        if (_session != 0 || _isOver) return;
        _queues = queues;
        var request = new RegisterRequest { Worker = wid, Types = FaktoryClient.AllTypes, Queues = queues, Slots = 0, Prefetch = 0, Transport = "faktory" };
        var reply = await (await dispatcher()).RegisterAsync(request, CancellationToken.None);
        if (reply.Refusal is null) Volatile.Write(ref _session, reply.Session);
    }

    /// <summary>Not known when there is no such session, perhaps because its dispatcher starts anew.</summary>
    private async Task<SessionReply> TellAsync(long session, SessionAction action)
    {
        try
        {
            return await (await dispatcher()).SessionAsync(new SessionRequest(session, action), CancellationToken.None);
        }
        catch (DispatcherUnavailableException)
        {
            return Unheard;
        }
    }
}
