using Worcr.Core.Limits;
using Worcr.Core.Rules;
using Worcr.Grains;
using Worcr.Unit.Grains.Driving;
using static Worcr.Unit.Grains.Driving.WorldCalls;

namespace Worcr.Unit.Grains;

/// <summary>Limits of jobs and of workers: at once, exact, and across a restart.</summary>
public sealed class LimitTests
{
    private static readonly LimitSpec One = new(LimitKind.Concurrency, 1);
    private static readonly LimitSpec TwoASecond = new(LimitKind.FixedWindow, 2, 1_000);
    private readonly World _world = new();

    [Fact]
    public void A_limit_counts_what_runs_already()
    {
        _world.EnqueueMany(5);
        var worker = _world.Worker(slots: 3);
        var running = worker.Given();
        _world.Put("l", new LimitRule(RuleMatch.Any, One));
        foreach (var job in running.Take(2)) _world.Complete(job);
        worker.Given().ShouldBeEmpty();
        _world.Complete(running[2]);
        worker.GivenOne();
        Used("l").ShouldBe(1);
    }

    [Fact]
    public void All_limits_of_a_job_are_taken_or_none()
    {
        _world.Put("a", new LimitRule(RuleMatch.Any, new LimitSpec(LimitKind.Concurrency, 10)));
        _world.Put("b", new LimitRule(RuleMatch.Any, TwoASecond));
        _world.EnqueueMany(9);
        var worker = _world.Worker(slots: 9);
        worker.Given().Count.ShouldBe(2);
        (Used("a"), Used("b")).ShouldBe((2, 2));
        _world.Advance(1_000);
        worker.Given().Count.ShouldBe(2);
        (Used("a"), Used("b")).ShouldBe((4, 2));
    }

    [Fact]
    public void A_limit_that_goes_lets_all_go()
    {
        _world.Put("l", new LimitRule(RuleMatch.Any, One));
        _world.EnqueueMany(5);
        var worker = _world.Worker(slots: 5);
        worker.GivenOne();
        _world.Delete(ResourceKind.Limit, "l");
        worker.Given().Count.ShouldBe(4);
    }

    [Fact]
    public void Keys_count_for_themselves_and_jobs_without_a_value_are_not_limited()
    {
        _world.Put("l", new LimitRule(RuleMatch.Any, One) { Key = [new LimitKeyPart(LimitKeySource.Args, "shop.id")] });
        _world.EnqueueMany(6, i => NewJob(args: i < 4 ? System.Text.Encoding.UTF8.GetBytes($$$"""{"shop":{"id":{{{i % 2}}}}}""") : "{}"u8.ToArray()));
        _world.Worker(slots: 10).Given().Count.ShouldBe(4);
    }

    [Theory]
    [InlineData(10)]
    [InlineData(5_000)]
    public void Jobs_that_came_before_a_rule_about_arguments_are_sorted(int padding)
    {
        var text = new string('x', padding);
        _world.EnqueueMany(40, i => NewJob(args: System.Text.Encoding.UTF8.GetBytes($$"""{"s":"{{(i % 2 == 0 ? "a" : "b")}}","p":"{{text}}"}""")));
        _world.Put("p", new PauseRule(new RuleMatch { Args = [new ArgMatch("s", "a")] }));
        var run = _world.Worker(slots: 3).RunAll();
        run.Count.ShouldBe(20);
        run.ShouldAllBe(j => System.Text.Encoding.UTF8.GetString(j.Args).StartsWith("""{"s":"b""", StringComparison.Ordinal));
        _world.Delete(ResourceKind.Pause, "p");
        _world.Worker(slots: 3, name: "rest").Given().ShouldNotBeEmpty();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(1_000)]
    public void What_is_used_survives_a_restart(int foldFlushes)
    {
        var world = new World(new DispatcherOptions { FoldFlushes = foldFlushes });
        world.Put("rate", new LimitRule(RuleMatch.Any, TwoASecond));
        world.Put("one", new LimitRule(RuleMatch.Any, new LimitSpec(LimitKind.Concurrency, 2)) { Adaptive = new AdaptiveSpec(1, 2, []) });
        world.EnqueueMany(9);
        var held = world.Worker(slots: 5).Given();
        held.Count.ShouldBe(2);
        world.Restart();
        var after = world.Worker(slots: 5, held: [.. held.Select(j => j.Lease)]);
        world.Complete(held[0]);
        after.Given().ShouldBeEmpty();
        world.Advance(1_000);
        after.GivenOne();
    }

    [Fact]
    public void A_rate_can_become_a_concurrency_and_back_while_jobs_run()
    {
        _world.Put("l", new LimitRule(RuleMatch.Any, TwoASecond));
        _world.EnqueueMany(9);
        var worker = _world.Worker(slots: 9);
        var running = worker.Given();
        _world.Put("l", new LimitRule(RuleMatch.Any, new LimitSpec(LimitKind.Concurrency, 2)));
        worker.Given().ShouldBeEmpty();
        Used("l").ShouldBe(2);
        _world.Restart();
        var after = _world.Worker(slots: 9, held: [.. running.Select(j => j.Lease)]);
        Used("l").ShouldBe(2);
        foreach (var job in running) _world.Complete(job).ShouldBeTrue();
        after.Given().Count.ShouldBe(2);
        _world.Put("l", new LimitRule(RuleMatch.Any, TwoASecond));
        after.Given().ShouldBeEmpty();
    }

    [Fact]
    public void The_maximum_of_a_tenant_holds_after_a_restart()
    {
        _world.Put("t", new TenantRule { MaxConcurrency = 1 });
        _world.EnqueueMany(3, _ => NewJob(tenant: "t"));
        var held = _world.Worker(slots: 3).GivenOne();
        _world.Restart();
        _world.Worker(slots: 3, held: [held.Lease]).Given().ShouldBeEmpty();
    }

    [Fact]
    public void Workers_acquire_one_after_the_other_and_give_back_with_the_attempt()
    {
        _world.Put("l", new LimitRule(RuleMatch.Any, One) { Use = LimitUse.Worker });
        _world.EnqueueMany(2);
        var jobs = _world.Worker(slots: 2).Given();
        Acquire(jobs[0], 0).ShouldBeTrue();
        Acquire(jobs[1], 0).ShouldBeFalse();
        var waits = _world.Send<AcquireReply>(new AcquireRequest(jobs[1].Lease, "l", "", 1, 10_000));
        _world.Settle();
        waits.Task.IsCompleted.ShouldBeFalse();
        _world.Complete(jobs[0]);
        waits.Reply().Granted.ShouldBeTrue();
        _world.Restart();
        Used("l").ShouldBe(1);
        _world.Complete(jobs[1]);
        Used("l").ShouldBe(0);
    }

    [Fact]
    public void An_attempt_that_ends_is_answered_once_however_often_it_waited()
    {
        _world.Put("l", new LimitRule(RuleMatch.Any, new LimitSpec(LimitKind.Concurrency, 2)) { Use = LimitUse.Worker });
        _world.EnqueueMany(2);
        var jobs = _world.Worker(slots: 2).Given();
        Acquire(jobs[0], 0).ShouldBeTrue();
        var waits = new[] { 2, 1 }.Select(n => _world.Send<AcquireReply>(new AcquireRequest(jobs[1].Lease, "l", "", n, 10_000))).ToArray();
        _world.Settle();
        _world.Complete(jobs[1]).ShouldBeTrue();
        waits.ShouldAllBe(w => !w.Reply().Granted);
        Used("l").ShouldBe(1);
    }

    [Fact]
    public void Whoever_leaves_is_not_waited_for()
    {
        _world.Put("l", new LimitRule(RuleMatch.Any, new LimitSpec(LimitKind.Concurrency, 2)) { Use = LimitUse.Worker });
        _world.EnqueueMany(3);
        var jobs = _world.Worker(slots: 3).Given();
        Acquire(jobs[0], 0).ShouldBeTrue();
        using var gone = new CancellationTokenSource();
        _world.SendUntil<AcquireReply>(new AcquireRequest(jobs[1].Lease, "l", "", 2, 10_000), gone.Token);
        var waits = _world.Send<AcquireReply>(new AcquireRequest(jobs[2].Lease, "l", "", 1, 10_000));
        _world.Settle();
        waits.Task.IsCompleted.ShouldBeFalse();
        gone.Cancel();
        _world.Dispatcher.Forsake(jobs[1].Lease);
        _world.Settle();
        waits.Reply().Granted.ShouldBeTrue();
    }

    private bool Acquire(LeasedJob job, long waitMs) => _world.Ask<AcquireReply>(new AcquireRequest(job.Lease, "l", "", 1, waitMs)).Granted;

    private long Used(string limit) =>
        _world.Ask<ResourceReply>(new ResourceRequest.Read(ResourceKind.Limit, limit)).Items.Single().Figures.Usage.Sum(u => u.Used);
}
