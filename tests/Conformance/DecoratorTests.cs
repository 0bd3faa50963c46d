using System.Diagnostics.Metrics;
using Worcr.Store.Decorators;
using Worcr.Testing.Model;

namespace Worcr.Conformance;

public sealed class DecoratorTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Faults_strike_before_or_after_the_commit_and_hold_it()
    {
        var faults = new Queue<StoreFault>();
        await using var store = new FaultInjectingStore(new ModelJobStore(new ModelDatabase()), verb => verb == StoreVerb.Commit ? faults.Dequeue() : StoreFault.None);
        var world = await WorldAsync(store);
        var lane = world.NewLane();
        faults.Enqueue(new StoreFault { FailBefore = new StoreTransientException("before") });
        await Should.ThrowAsync<StoreTransientException>(() => world.CommitAsync(world.Insert(lane, world.NewJob(lane))));
        (await world.ReadyAsync(lane)).ShouldBeEmpty();
        faults.Enqueue(new StoreFault { FailAfter = new StoreOutcomeUnknownException("after") });
        await Should.ThrowAsync<StoreOutcomeUnknownException>(() => world.CommitAsync(world.Insert(lane, world.NewJob(lane))));
        (await world.ReadyAsync(lane)).Length.ShouldBe(1);
        var gate = new TaskCompletionSource();
        faults.Enqueue(new StoreFault { HoldBefore = gate.Task });
        var held = world.CommitAsync(world.Insert(lane, world.NewJob(lane)));
        (await world.ReadyAsync(lane)).Length.ShouldBe(1);
        gate.SetResult();
        await held;
        (await world.ReadyAsync(lane)).Length.ShouldBe(2);
    }

    [Fact]
    public async Task Reads_are_tried_again_and_writes_are_not()
    {
        var left = 3;
        await using var failing = new FaultInjectingStore(
            new ModelJobStore(new ModelDatabase()), verb => verb is StoreVerb.Query or StoreVerb.AppendLogs && left-- > 0 ? new StoreFault { FailBefore = new StoreTransientException("x") } : StoreFault.None);
        await using var store = new RetryingStore(failing, new InstantTime());
        var world = await WorldAsync(store);
        (await world.QueryAsync(new JobQuery { Ownership = world.Owner, Limit = 1 })).ShouldBeEmpty();
        left.ShouldBe(-1);
        left = 1;
        await Should.ThrowAsync<StoreTransientException>(() => store.AppendLogsAsync([], Cancel));
        left = 99;
        await Should.ThrowAsync<StoreTransientException>(() => world.QueryAsync(new JobQuery { Ownership = world.Owner, Limit = 1 }));
        left.ShouldBe(94);
    }

    [Fact]
    public async Task Calls_are_measured()
    {
        using var meters = new Meters();
        var seen = new List<string>();
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, l) =>
        {
            if (instrument.Meter.Scope == meters) l.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<double>((instrument, _, tags, _) => seen.Add($"{instrument.Name} {tags[0].Value}"));
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => seen.Add($"{instrument.Name} {tags[0].Value} {value}"));
        listener.Start();
        await using var store = new MeteredStore(new ModelJobStore(new ModelDatabase()), meters, TimeProvider.System);
        var world = await WorldAsync(store);
        seen.Clear();
        var lane = world.NewLane();
        await world.CommitAsync(world.Insert(lane, world.NewJob(lane), world.NewJob(lane)));
        seen.ShouldBe(["worcr.store.duration Commit", "worcr.store.rows lanes 1", "worcr.store.rows inserts 2", "worcr.store.rows strands 1"]);
        await store.ReleaseAsync(world.Owner, Cancel);
        seen.Clear();
        await Should.ThrowAsync<StoreFencedException>(() => world.CommitAsync(world.NewFlush()));
        seen.ShouldBe(["worcr.store.errors Commit 1", "worcr.store.duration Commit"]);
    }

    private static async Task<StoreWorld> WorldAsync(IJobStore store)
    {
        await store.MigrateAsync(Cancel);
        return new StoreWorld(store, (await store.AcquireAsync(new AcquireOwnership("main", "a", 1, 0), Cancel)).Ownership.ShouldNotBeNull());
    }

    private sealed class Meters : IMeterFactory
    {
        private readonly List<Meter> _meters = [];

        public Meter Create(MeterOptions options)
        {
            options.Scope = this;
            var meter = new Meter(options);
            _meters.Add(meter);
            return meter;
        }

        public void Dispose() => _meters.ForEach(m => m.Dispose());
    }

    /// <summary>Pauses are over at once.</summary>
    private sealed class InstantTime : TimeProvider
    {
        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) => System.CreateTimer(callback, state, TimeSpan.Zero, period);
    }
}
