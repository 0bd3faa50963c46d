using Worcr.Core.Rules;
using Worcr.SiloHost.Gateways.Sessions;

namespace Worcr.SiloHost.Gateways.Push;

/// <summary>One session of an endpoint with a dispatcher.</summary>
internal sealed class PushLink(PushEndpoint endpoint, IDispatcher dispatcher, EndpointRule rule) : IWorkerTransport
{
    private volatile bool _isClosed;
    private volatile bool _isBroken;
    private volatile bool _isDraining;
    private volatile WorkerSession? _session;

    public IDispatcher Dispatcher => dispatcher;

    /// <summary>What it was opened for.</summary>
    public EndpointRule Rule => rule;

    /// <summary>How often it has to be heard, in milliseconds.</summary>
    public long HeartbeatMs { get; private set; }

    /// <summary>When it was heard last, Unix milliseconds.</summary>
    public long HeardAt { get; set; }

    /// <summary>What the dispatcher was told last: the state, and its slots.</summary>
    public (EndpointState State, int Slots) Told { get; set; } = (EndpointState.Paused, 0);

    public WorkerSession Session => _session ?? throw new InvalidOperationException("The session is not open.");

    /// <summary>No more jobs come here: what is under way is finished, then the session ends.</summary>
    public bool IsDraining => _isDraining;

    /// <summary>The dispatcher knows nothing of the session any more.</summary>
    public bool IsBroken => _isBroken;

    /// <summary>Whether it carries jobs.</summary>
    public bool IsGood => !_isClosed && !_isBroken && !_isDraining;

    /// <summary>Opens the session; those of the held leases that are still good.</summary>
    public async Task<IReadOnlyList<LeaseToken>> OpenAsync(string worker, IReadOnlyList<LeaseToken> held, SessionSurroundings around, CancellationToken cancel)
    {
        var request = new RegisterRequest
        {
            Worker = worker,
            Types = rule.Types,
            Tags = rule.Tags,
            Queues = rule.Queues,
            Slots = 0, // the circuit says how many, at once after this
            Prefetch = 0,
            Held = held,
            Adopts = true,
            Transport = "push",
        };
        var (session, opened) = await WorkerSession.OpenAsync(dispatcher, request, this, around, cancel);
        (_session, HeartbeatMs) = (session, opened.HeartbeatMs);
        return opened.Accepted;
    }

    /// <summary>Takes no more jobs, whatever still comes: it is given back with the session.</summary>
    public void Close() => _isClosed = true;

    public Task SendAsync(SessionMessage message, CancellationToken cancel)
    {
        switch (message)
        {
            case SessionMessage.Cancel end: endpoint.Abort(end.Lease, end.Reason == PushOutcome.Timeout ? PushEnd.TimedOut : PushEnd.Gone); break;
            case SessionMessage.Interrupt interrupt: endpoint.Abort(interrupt.Lease, PushEnd.GivenBack); break;
            case SessionMessage.Drain:
                _isDraining = true;
                endpoint.Wake();
                break;
        }

        return Task.CompletedTask;
    }

    public Task RunAsync(RunBatch jobs, CancellationToken cancel)
    {
        for (var i = 0; i < jobs.Count && !_isClosed; i++) endpoint.Begin(jobs[i]);
        return Task.CompletedTask;
    }

    public void Abort()
    {
        _isBroken = true;
        endpoint.Wake();
    }
}
