using Worcr.Core.Rules;
using Worcr.Grains;
using Worcr.Store;
using Worcr.Store.Decorators;
using Worcr.Testing.Model;
using Worcr.Unit.Grains.Driving;
using static Worcr.Unit.Grains.Driving.WorldCalls;

namespace Worcr.Unit.Grains;

/// <summary>A store that takes no writes for a while: nobody waits for it, nothing is lost, nothing that is not durable is shown.</summary>
public sealed class StallTests : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private readonly ModelDatabase _database = new();
    private readonly TaskCompletionSource _stalled = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _goesOn = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private FaultInjectingStore _store = null!;
    private DispatcherGrain _grain = null!;
    private volatile bool _isFull;
    private volatile bool _isAway;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        var refused = new StoreFault { FailBefore = new StoreTransientException("the disk is full") };
        _store = new FaultInjectingStore(new ModelJobStore(_database), verb => _isAway || (_isFull && verb == StoreVerb.Commit) ? refused : StoreFault.None);
        _grain = await StoreGrain.StartAsync(_store);
        _grain.StallChanged = error => (error is null ? _goesOn : _stalled).TrySetResult();
    }

    public async ValueTask DisposeAsync()
    {
        (_isFull, _isAway) = (false, false);
        await _grain.DisposeAsync();
    }

    [Fact]
    public async Task Who_waits_for_a_full_store_hears_that_it_is_not_known_and_who_asks_later_that_nothing_was_done()
    {
        _isFull = true;
        var caught = await Refused(() => _grain.EnqueueAsync(new EnqueueRequest([NewJob()]), Cancel));
        caught.Message.ShouldContain("not known");
        var later = await Refused(() => _grain.EnqueueAsync(new EnqueueRequest([NewJob()]), Cancel));
        later.Message.ShouldContain("nothing was done");
        await Refused(() => _grain.ResourcesAsync(new ResourceRequest.Put("p", new PauseRule(RuleMatch.Any)), Cancel));
        await Refused(() => _grain.BatchesAsync(new BatchRequest.Create(Guid.NewGuid(), null, false, [NewJob()]), Cancel));
        _database.Live.ShouldBeEmpty();
    }

    [Fact]
    public async Task Jobs_are_shown_as_they_are_stored_and_figures_say_that_the_store_stalls()
    {
        var (done, running, ready) = (await EnqueueAsync(), await EnqueueAsync(), await EnqueueAsync());
        var first = await LeaseAsync();
        (await _grain.ReportAsync(new ReportRequest([new Report(first.Lease, ReportOutcome.Complete)]), Cancel)).Accepted.ShouldBe([true]);
        var second = await LeaseAsync();
        _isFull = true;
        var hidden = Guid.NewGuid();
        var calls = new[]
        {
            Refused(() => _grain.EnqueueAsync(new EnqueueRequest([NewJob(id: hidden)]), Cancel)),
            Refused(() => _grain.ReportAsync(new ReportRequest([new Report(second.Lease, ReportOutcome.Complete)]), Cancel)),
            Refused(() => _grain.ControlAsync(new ControlJobRequest(ready, ControlAction.Cancel), Cancel)),
        };
        await Task.WhenAll(calls);

        (await StateAsync(done)).ShouldBe(JobState.Succeeded);
        (await StateAsync(running)).ShouldBe(JobState.Running);
        (await StateAsync(ready)).ShouldBe(JobState.Ready);
        (await StateAsync(hidden)).ShouldBeNull();
        (await _grain.WaitAsync(new WaitJobRequest(done, 10_000), Cancel)).Job!.Job.State.ShouldBe(JobState.Succeeded);
        await Refused(() => _grain.WaitAsync(new WaitJobRequest(ready, 10_000), Cancel));
        (await QueryAsync(null)).ShouldBe([ready, running, done]);
        (await QueryAsync(JobState.Running)).ShouldBe([running]);
        (await QueryAsync(JobState.Ready)).ShouldBe([ready]);
        (await _grain.LogsAsync(new LogsRequest(done, 0, 10), Cancel)).Refusal.ShouldBeNull();
        (await _grain.StatsAsync(new StatsRequest(), Cancel)).StalledSince.ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task When_there_is_space_again_it_goes_on_and_what_was_in_hand_is_written_once()
    {
        var first = await EnqueueAsync();
        var lease = await LeaseAsync();
        _isFull = true;
        var id = Guid.NewGuid();
        await Task.WhenAll(
            Refused(() => _grain.EnqueueAsync(new EnqueueRequest([NewJob(id: id)]), Cancel)),
            Refused(() => _grain.ReportAsync(new ReportRequest([new Report(lease.Lease, ReportOutcome.Complete)]), Cancel)));
        _isFull = false;
        await _goesOn.Task.WaitAsync(Patience, Cancel);

        (await _grain.EnqueueAsync(new EnqueueRequest([NewJob(id: id)]), Cancel)).Jobs.Single().Duplicate.ShouldBeTrue();
        (await _grain.ReportAsync(new ReportRequest([new Report(lease.Lease, ReportOutcome.Complete)]), Cancel)).Accepted.ShouldBe([false]);
        (await StateAsync(first)).ShouldBe(JobState.Succeeded);
        (await LeaseAsync()).Id.ShouldBe(id);
        (await _grain.StatsAsync(new StatsRequest(), Cancel)).StalledSince.ShouldBe(0);
    }

    [Fact]
    public async Task A_poll_that_gave_up_gives_back_what_it_would_have_got()
    {
        var poll = _grain.LeaseAsync(Poll(waitMs: 60_000), Cancel);
        _isFull = true;
        await Task.WhenAll(Refused(() => poll), Refused(() => _grain.EnqueueAsync(new EnqueueRequest([NewJob()]), Cancel)));
        await Refused(() => _grain.LeaseAsync(Poll(), Cancel));
        _isFull = false;
        await _goesOn.Task.WaitAsync(Patience, Cancel);
        (await _grain.LeaseAsync(Poll(waitMs: 60_000, worker: "other"), Cancel)).Jobs.ShouldHaveSingleItem().Attempt.ShouldBe(2);
    }

    [Fact]
    public async Task A_store_that_is_away_is_no_defect_and_comes_back()
    {
        var id = await EnqueueAsync();
        _isAway = true;
        await Refused(() => _grain.EnqueueAsync(new EnqueueRequest([NewJob()]), Cancel));
        await Refused(() => _grain.GetAsync(new GetJobRequest(id), Cancel));
        _isAway = false;
        await _goesOn.Task.WaitAsync(Patience, Cancel);
        (await StateAsync(id)).ShouldBe(JobState.Ready);
    }

    [Fact]
    public async Task Who_stops_the_grain_does_not_wait_for_a_full_store()
    {
        var id = await EnqueueAsync();
        await LeaseAsync();
        _isFull = true;
        await Refused(() => _grain.EnqueueAsync(new EnqueueRequest([NewJob()]), Cancel));
        await _grain.DisposeAsync().AsTask().WaitAsync(Patience, Cancel);
        _database.Live.Values.Single().Id.ShouldBe(id);
        await Should.ThrowAsync<DispatcherUnavailableException>(() => _grain.EnqueueAsync(new EnqueueRequest([NewJob()]), Cancel));
    }

    [Fact]
    public async Task A_store_that_becomes_full_while_the_grain_stops_is_not_waited_for()
    {
        await EnqueueAsync();
        await using var session = _grain.ReceiveAsync((await _grain.RegisterAsync(new RegisterRequest { Worker = "w", Types = ["*"], Slots = 1 }, Cancel)).Session, Cancel).GetAsyncEnumerator(Cancel);
        (await session.MoveNextAsync()).ShouldBeTrue();
        _isFull = true;
        await _grain.DisposeAsync().AsTask().WaitAsync(Patience, Cancel);
        _database.Live.Values.Single().Attempt.ShouldBe(0);
    }

    private static async Task<StoreStalledException> Refused<T>(Func<Task<T>> call) => await Should.ThrowAsync<StoreStalledException>(() => call().WaitAsync(Patience, Cancel));

    private async Task<Guid> EnqueueAsync() => (await _grain.EnqueueAsync(new EnqueueRequest([NewJob()]), Cancel)).Jobs.Single().Id;

    private async Task<LeasedJob> LeaseAsync() => (await _grain.LeaseAsync(Poll(waitMs: 30_000), Cancel)).Jobs.ShouldHaveSingleItem();

    private async Task<JobState?> StateAsync(Guid id) => (await _grain.GetAsync(new GetJobRequest(id), Cancel)).Job?.Job.State;

    private async Task<Guid[]> QueryAsync(JobState? state) =>
        [.. (await _grain.QueryAsync(new QueryJobsRequest(state, null, null, null, null, 10, null), Cancel)).Jobs.Select(v => v.Job.Id)];
}
