using Worcr.Grains;
using Worcr.Store;
using Worcr.Testing.Model;

namespace Worcr.Unit.Grains.Driving;

/// <summary>A dispatcher over a store in memory, turned by hand: the host's loop without threads, with a clock that only the test moves.</summary>
internal sealed class World
{
    public const long Start = 1_800_000_000_000;
    private const int EnoughTurns = 20_000;

    private readonly Queue<Envelope> _inbox = new();
    private readonly Queue<(Work Work, Task Written, ModelCommit? Commit)> _underWay = new();
    private readonly Queue<StoreRead> _readsDone = new();
    private readonly DispatcherOptions _options;
    private int _lives;

    public World(DispatcherOptions? options = null)
    {
        _options = options ?? new DispatcherOptions();
        Store = new ModelJobStore(new ModelDatabase()) { HoldsCommits = true };
        Restart();
    }

    public ModelJobStore Store { get; }

    public ModelDatabase Database => Store.Database;

    public Dispatcher Dispatcher { get; private set; } = null!;

    public long Now { get; set; } = Start;

    /// <summary>Flushes wait for <see cref="Commit"/>.</summary>
    public bool HoldsCommits { get; set; }

    /// <summary>Answers of reads wait for <see cref="FinishReads"/>.</summary>
    public bool HoldsReads { get; set; }

    /// <summary>Reads that were handed out.</summary>
    public int Reads { get; private set; }

    /// <summary>Flushes handed out and not committed, oldest first.</summary>
    public IReadOnlyList<Flush> UnderWay => [.. _underWay.Select(w => w.Work.Flush)];

    /// <summary>All flushes that were handed out.</summary>
    public List<Flush> Flushes { get; } = [];

    /// <summary>The process dies: what was not committed is lost, and another one starts from the store.</summary>
    public void Restart()
    {
        _inbox.Clear();
        _underWay.Clear();
        _readsDone.Clear();
        var acquire = new AcquireOwnership("default", $"silo-{++_lives}", 15_000, Now, Takeover: true);
        var ownership = Store.AcquireAsync(acquire, CancellationToken.None).Result.Ownership!;
        var state = Store.LoadAsync(ownership, CancellationToken.None).Result;
        Dispatcher = new Dispatcher(_options, new TestTemplates(), ownership, state, new Random(_lives), Now);
        if (!HoldsCommits) Settle();
    }

    /// <summary>Puts a message into the inbox.</summary>
    public EnvelopeOf<TReply> Send<TReply>(object request) => SendUntil<TReply>(request, CancellationToken.None);

    /// <summary>The same for a caller that may go away.</summary>
    public EnvelopeOf<TReply> SendUntil<TReply>(object request, CancellationToken cancel)
    {
        var envelope = new EnvelopeOf<TReply>(request, cancel);
        _inbox.Enqueue(envelope);
        return envelope;
    }

    /// <summary>Sends a message and lets everything happen until nothing more does.</summary>
    public TReply Ask<TReply>(object request)
    {
        var envelope = Send<TReply>(request);
        Settle();
        envelope.Task.IsCompletedSuccessfully.ShouldBeTrue($"{request.GetType().Name} is not answered");
        return envelope.Task.Result;
    }

    /// <summary>One turn of the loop.</summary>
    public bool Turn()
    {
        var isBusy = _inbox.Count > 0;
        Dispatcher.Begin(Now);
        while (!Dispatcher.IsFull && _inbox.TryDequeue(out var envelope)) Dispatcher.Handle(envelope);
        Dispatcher.RunTimers();
        Dispatcher.Serve();
        isBusy |= TakeWork();
        isBusy |= TakeReads();
        Store.AppendLogsAsync(Dispatcher.TakeLogs(), CancellationToken.None).Wait();
        return isBusy;
    }

    /// <summary>Turns until nothing happens by itself at this moment.</summary>
    public void Settle()
    {
        for (var turns = 0; Turn() || Dispatcher.NextWakeAt <= Now; turns++)
        {
            turns.ShouldBeLessThan(EnoughTurns, "the dispatcher does not come to rest");
        }

        Dispatcher.Drift.ShouldBe(0);
    }

    /// <summary>Time passes, from alarm to alarm.</summary>
    public void Advance(long ms)
    {
        var until = Now + ms;
        Settle();
        while (Dispatcher.NextWakeAt <= until)
        {
            Now = Math.Max(Now, Dispatcher.NextWakeAt);
            Settle();
        }

        Now = until;
        Settle();
    }

    /// <summary>The oldest flush under way is durable.</summary>
    public void Commit()
    {
        var (work, written, commit) = _underWay.Dequeue();
        commit?.Complete();
        written.Wait();
        if (Database.Live.Count < 1_000 || work.Number % 64 == 0) Database.WrongStrands().ShouldBeEmpty();
        Dispatcher.Committed(work);
    }

    /// <summary>The answers of all reads arrive.</summary>
    public void FinishReads()
    {
        while (_readsDone.TryDequeue(out var read)) Dispatcher.Finished(read);
    }

    private bool TakeWork()
    {
        var isBusy = false;
        while (Dispatcher.TryTakeWork(out var work))
        {
            isBusy = true;
            Flushes.Add(work.Flush);
            var written = work.Flush.IsEmpty ? Task.CompletedTask : Store.CommitAsync(work.Flush, CancellationToken.None);
            _underWay.Enqueue((work, written, work.Flush.IsEmpty ? null : Store.Pending[^1]));
            if (!HoldsCommits) Commit();
        }

        return isBusy;
    }

    private bool TakeReads()
    {
        var isBusy = false;
        while (Dispatcher.TryTakeRead(out var read))
        {
            isBusy = true;
            Reads++;
            read.RunAsync(Store, CancellationToken.None).Wait();
            _readsDone.Enqueue(read);
            if (!HoldsReads) FinishReads();
        }

        return isBusy;
    }
}
