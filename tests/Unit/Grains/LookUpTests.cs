using Worcr.Grains;
using Worcr.Unit.Grains.Driving;
using static Worcr.Unit.Grains.Driving.WorldCalls;

namespace Worcr.Unit.Grains;

/// <summary>Ids and unique keys are looked up while flushes are under way: what the store does not say yet counts all the same.</summary>
public sealed class LookUpTests
{
    private static readonly Guid Given = Guid.Parse("6ba7b810-9dad-41d1-80b4-00c04fd430c8");
    private readonly World _world = new(new DispatcherOptions { SmallFlush = 0 });

    public LookUpTests() => _world.Control(_world.Enqueue(NewJob()), ControlAction.Cancel); // the first flush folds the journal, and is alone

    [Fact]
    public void A_look_up_waits_for_no_flush()
    {
        _world.HoldsCommits = true;
        Send(NewJob(id: Given));
        Send(Key());
        _world.UnderWay.Select(f => f.Inserts.Count).ShouldBe([1, 1]);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void An_id_is_taken_before_it_is_durable(bool durableMeanwhile)
    {
        _world.HoldsCommits = true;
        var first = Send(NewJob(id: Given));
        _world.HoldsReads = durableMeanwhile;
        var second = Send(NewJob(id: Given));
        Settle();
        (JobOf(first).Duplicate, JobOf(second).Duplicate).ShouldBe((false, true));
        _world.Database.Live.ShouldHaveSingleItem();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_key_is_held_before_it_is_durable(bool durableMeanwhile)
    {
        _world.HoldsCommits = true;
        var first = Send(Key());
        _world.HoldsReads = durableMeanwhile;
        var second = Send(Key());
        var third = Send(Key(UniqueConflict.Reject));
        Settle();
        JobOf(second).ShouldBe(new EnqueuedJob(JobOf(first).Id, JobState.Ready, Duplicate: true));
        third.Reply().Refusal!.Kind.ShouldBe(RefusalKind.UniqueConflict);
    }

    [Fact]
    public void A_duplicate_is_answered_when_the_first_is_durable()
    {
        _world.HoldsCommits = true;
        Send(NewJob(id: Given));
        var second = Send(NewJob(id: Given));
        second.Task.IsCompleted.ShouldBeFalse();
        while (_world.UnderWay.Count > 0) _world.Commit();
        JobOf(second).Duplicate.ShouldBeTrue();
    }

    [Fact]
    public void What_dies_with_its_dispatcher_is_free_again()
    {
        _world.HoldsCommits = true;
        Send(NewJob(id: Given));
        _world.Restart();
        _world.HoldsCommits = false;
        _world.Enqueued(NewJob(id: Given)).Duplicate.ShouldBeFalse();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_key_whose_holder_ends_in_a_flush_under_way_is_free_and_taken_after_that(bool durableMeanwhile)
    {
        var first = _world.Enqueue(Key());
        _world.HoldsCommits = true;
        Cancel(first);
        _world.HoldsReads = durableMeanwhile;
        var second = Send(Key());
        _world.UnderWay.ShouldHaveSingleItem().Outcomes.ShouldHaveSingleItem();
        Settle();
        JobOf(second).Duplicate.ShouldBeFalse();
        _world.Enqueued(Key()).Id.ShouldBe(JobOf(second).Id);
    }

    [Fact]
    public void A_key_that_the_start_ends_is_free_when_the_start_is_under_way()
    {
        _world.Worker();
        _world.HoldsCommits = true;
        var first = Send(Unique("k", UniqueUntil.Started, UniqueConflict.Return));
        var second = Send(Unique("k", UniqueUntil.Started, UniqueConflict.Return));
        _world.UnderWay.ShouldHaveSingleItem().Leases.ShouldHaveSingleItem();
        Settle();
        (JobOf(first).Duplicate, JobOf(second).Duplicate).ShouldBe((false, false));
        _world.Enqueued(Unique("k", UniqueUntil.Started, UniqueConflict.Return)).Id.ShouldBe(JobOf(second).Id);
    }

    [Fact]
    public void A_key_can_go_from_hand_to_hand_before_any_of_it_is_durable()
    {
        var first = _world.Enqueue(Key());
        _world.HoldsCommits = true;
        Cancel(first);
        var second = Send(NewJob(id: Given, options: Key().Options));
        Cancel(Given);
        var third = Send(Key());
        Settle();
        (JobOf(second).Duplicate, JobOf(third).Duplicate).ShouldBe((false, false));
        _world.State(Given).ShouldBe(JobState.Cancelled);
        _world.Enqueued(Key()).Id.ShouldBe(JobOf(third).Id);
    }

    [Fact]
    public void A_holder_that_is_not_durable_can_be_replaced()
    {
        _world.HoldsCommits = true;
        var first = Send(Key(UniqueConflict.Replace));
        var second = Send(Key(UniqueConflict.Replace));
        var third = Send(Key());
        Settle();
        _world.State(JobOf(first).Id).ShouldBe(JobState.Cancelled);
        JobOf(third).ShouldBe(new EnqueuedJob(JobOf(second).Id, JobState.Ready, Duplicate: true));
        _world.Enqueued(Key()).Id.ShouldBe(JobOf(second).Id);
    }

    [Fact]
    public void A_holder_that_is_neither_durable_nor_in_memory_is_read_when_it_is_durable_and_replaced()
    {
        var later = Key(UniqueConflict.Replace);
        later.DueAt = _world.Now + 3_600_000;
        _world.HoldsCommits = true;
        var first = Send(later);
        var second = Send(Key(UniqueConflict.Replace));
        _world.UnderWay.ShouldHaveSingleItem();
        Settle();
        _world.State(JobOf(first).Id).ShouldBe(JobState.Cancelled);
        _world.State(JobOf(second).Id).ShouldBe(JobState.Ready);
    }

    [Fact]
    public void The_end_of_a_job_that_lost_its_key_frees_nothing()
    {
        _world.Enqueue(Key());
        var running = _world.Worker().GivenOne();
        var second = _world.Enqueue(Key(UniqueConflict.Replace));
        _world.HoldsCommits = true;
        _world.Send<ReportReply>(new ReportRequest([new Report(running.Lease, ReportOutcome.Complete)]));
        Turn();
        var third = Send(Key());
        Settle();
        JobOf(third).Id.ShouldBe(second);
    }

    [Fact]
    public void The_time_of_a_key_can_be_over_before_it_is_durable()
    {
        _world.HoldsCommits = true;
        Send(Unique("k", UniqueUntil.Finished, UniqueConflict.Return, 1_000));
        _world.Now += 1_000;
        var second = Send(Unique("k", UniqueUntil.Finished, UniqueConflict.Return, 1_000));
        Settle();
        JobOf(second).Duplicate.ShouldBeFalse();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void An_id_that_is_removed_in_a_flush_under_way_is_free_and_taken_after_that(bool durableMeanwhile)
    {
        _world.Enqueue(NewJob(id: Given));
        _world.Worker().RunAll();
        _world.HoldsCommits = true;
        _world.Send<ControlReply>(new RemoveJobRequest(Given, RemoveWhen.Known));
        Turn();
        _world.HoldsReads = durableMeanwhile;
        var second = Send(NewJob(id: Given));
        _world.UnderWay.ShouldHaveSingleItem().Revivals.ShouldHaveSingleItem();
        Settle();
        JobOf(second).Duplicate.ShouldBeFalse();
        _world.Enqueued(NewJob(id: Given)).Duplicate.ShouldBeTrue();
    }

    private static Job Key(UniqueConflict conflict = UniqueConflict.Return) => Unique("k", UniqueUntil.Finished, conflict);

    private static EnqueuedJob JobOf(EnvelopeOf<EnqueueReply> call) => call.Reply().Jobs.Single();

    private EnvelopeOf<EnqueueReply> Send(Job job)
    {
        var call = _world.Send<EnqueueReply>(new EnqueueRequest([job]));
        Turn();
        return call;
    }

    private void Cancel(Guid id)
    {
        _world.Send<ControlReply>(new ControlJobRequest(id, ControlAction.Cancel));
        Turn();
    }

    /// <summary>Looked up, accepted, and under way if a flush may be.</summary>
    private void Turn()
    {
        for (var i = 0; i < 3; i++) _world.Turn();
    }

    /// <summary>What is under way becomes durable; then the answers of reads that were held come.</summary>
    private void Settle()
    {
        (_world.HoldsCommits, _world.HoldsReads) = (false, false);
        while (_world.UnderWay.Count > 0) _world.Commit();
        _world.FinishReads();
        _world.Settle();
    }
}
