using Worcr.Grains;
using Worcr.Unit.Grains.Driving;
using static Worcr.Unit.Grains.Driving.WorldCalls;

namespace Worcr.Unit.Grains;

/// <summary>Leases found by their jobs, and prolonged.</summary>
public sealed class HeldLeaseTests
{
    private const long DayMs = 86_400_000;

    private readonly World _world = new();

    [Fact]
    public void The_lease_of_a_running_job_is_found_by_its_worker_and_by_anybody_also_after_a_restart()
    {
        var id = _world.Enqueue(NewJob());
        Held(id).ShouldBeNull();
        var lease = Leased().Lease;
        Held(id).ShouldBe(lease);
        Held(id, "w1").ShouldBe(lease);
        Held(id, "w2").ShouldBeNull();
        _world.Restart();
        Held(id, "w1").ShouldBe(lease);
        _world.Ask<ReportReply>(new ReportRequest([new Report(lease, ReportOutcome.Complete)])).Accepted.ShouldBe([true]);
        Held(id).ShouldBeNull();
        Held(Guid.NewGuid()).ShouldBeNull();
    }

    [Theory]
    [InlineData(3 * 3_600_000, 3 * 3_600_000)]
    [InlineData(1, 1_800_000)]
    [InlineData(10 * DayMs, DayMs)]
    public void A_lease_is_prolonged_until_a_moment_never_shortened_and_by_a_day_at_most(long untilMs, long endsMs)
    {
        var id = _world.Enqueue(NewJob());
        var lease = Leased().Lease;
        _world.Ask<NoteReply>(new NoteRequest.Extend(lease, _world.Now + untilMs)).Accepted.ShouldBeTrue();
        _world.Advance(endsMs - 1);
        Held(id).ShouldBe(lease);
        _world.Advance(1);
        Held(id).ShouldNotBe(lease);
    }

    private LeasedJob Leased() => _world.Ask<LeaseReply>(new LeaseRequest { Worker = "w1", Types = ["*"], Max = 1 }).Jobs.ShouldHaveSingleItem();

    private LeaseToken? Held(Guid id, string? worker = null) => _world.Ask<HeldLeaseReply>(new HeldLeaseRequest(id, worker)).Lease;
}
