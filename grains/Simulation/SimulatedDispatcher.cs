namespace Worcr.Grains.Simulation;

/// <summary>The dispatcher itself over a store in memory, turned by hand: the host's loop without threads, at a time that somebody else moves.</summary>
internal sealed class SimulatedDispatcher
{
    private const long FarMs = 3_650L * 86_400_000;

    private readonly Dispatcher _dispatcher;
    private readonly Action<Flush> _written;

    public SimulatedDispatcher(int seed, long now, Action<Flush> written)
    {
        var ownership = new Ownership(1, "simulation", "simulation", 1);
        var options = new DispatcherOptions { HeartbeatMs = FarMs };
        var state = new NamespaceState
        {
            LastSeq = ownership.FirstId - 1,
            LastLaneId = ownership.FirstId - 1,
            LastFlush = 0,
            Lanes = [],
            Strands = [],
            OpenLeases = [],
            LimitStates = [],
            Permits = [],
            Resources = [],
        };
        FirstSeq = ownership.FirstId;
        _written = written;
        _dispatcher = new Dispatcher(options, new NoTemplates(), ownership, state, new Random(seed), now);
        Now = now;
    }

    public SimulationStore Store { get; } = new();

    public long FirstSeq { get; }

    /// <summary>Unix milliseconds.</summary>
    public long Now { get; set; }

    /// <summary>When it has something to do by itself.</summary>
    public long NextWakeAt => _dispatcher.NextWakeAt;

    public System.Threading.Channels.ChannelReader<SessionMessage> MessagesOf(long session) => _dispatcher.MessagesOf(session)!;

    /// <summary>Says something to it, and lets everything happen that happens at this moment.</summary>
    public TReply Ask<TReply>(object request)
    {
        var envelope = new EnvelopeOf<TReply>(request, CancellationToken.None);
        _dispatcher.Begin(Now);
        _dispatcher.Handle(envelope);
        Settle();
        return Done(envelope.Task);
    }

    public void Settle()
    {
        do
        {
            _dispatcher.Begin(Now);
            _dispatcher.RunTimers();
            _dispatcher.Serve();
        }
        while (Flush() || _dispatcher.NextWakeAt <= Now || _dispatcher.IsBusy);
    }

    private bool Flush()
    {
        var isBusy = false;
        while (_dispatcher.TryTakeWork(out var work))
        {
            isBusy = true;
            Demand(Store.CommitAsync(work.Flush, CancellationToken.None));
            _dispatcher.Committed(work);
            _written(work.Flush);
        }

        while (_dispatcher.TryTakeRead(out var read))
        {
            isBusy = true;
            Demand(read.RunAsync(Store, CancellationToken.None));
            _dispatcher.Finished(read);
        }

        return isBusy;
    }

    /// <summary>Everything here is done when the call returns: a task that is not has failed.</summary>
    private static void Demand(Task done)
    {
        if (!done.IsCompletedSuccessfully) throw new InvalidOperationException("A simulation has nothing to wait for.", done.Exception);
    }

    private static TReply Done<TReply>(Task<TReply> reply)
    {
        Demand(reply);
        return reply.GetAwaiter().GetResult();
    }

    /// <summary>Only jobs of the scenario are simulated: schedules and callbacks make none.</summary>
    private sealed class NoTemplates : IJobTemplates
    {
        public Job? Create(byte[] template, long now) => null;
    }
}
