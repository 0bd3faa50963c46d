using FsCheck;
using FsCheck.Fluent;
using Worcr.Core.Retry;

namespace Worcr.Unit.Core.Retry;

public sealed class RetryRulesTests
{
    private static readonly RetryPolicy Plain = new() { Jitter = 0 };

    [Theory]
    [InlineData(1, 1_000)]
    [InlineData(2, 2_000)]
    [InlineData(3, 4_000)]
    [InlineData(12, 2_048_000)]
    [InlineData(13, 3_600_000)]
    public void Exponential_doubles_up_to_the_cap(int fails, long delayMs) => RetryRules.DelayMs(Plain, fails, 0.5).ShouldBe(delayMs);

    [Theory]
    [InlineData(1, 1_000)]
    [InlineData(2, 2_000)]
    [InlineData(3, 3_000)]
    [InlineData(3_600, 3_600_000)]
    [InlineData(3_601, 3_600_000)]
    public void Linear_adds_up_to_the_cap(int fails, long delayMs) =>
        RetryRules.DelayMs(Plain with { Backoff = Backoff.Linear }, fails, 0.5).ShouldBe(delayMs);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(1_000)]
    public void Fixed_stays(int fails) => RetryRules.DelayMs(Plain with { Backoff = Backoff.Fixed }, fails, 0.5).ShouldBe(1_000);

    [Fact]
    public void The_cap_binds_a_fixed_delay_too() =>
        RetryRules.DelayMs(Plain with { Backoff = Backoff.Fixed, CapMs = 10 }, 1, 0).ShouldBe(10);

    [Theory]
    [InlineData(62)]
    [InlineData(63)]
    [InlineData(64)]
    [InlineData(1_000)]
    [InlineData(int.MaxValue)]
    public void Nothing_overflows_after_many_failures(int fails)
    {
        foreach (var backoff in Enum.GetValues<Backoff>())
        {
            var policy = Plain with { Backoff = backoff, BaseMs = long.MaxValue, CapMs = 86_400_000 };
            RetryRules.DelayMs(policy, fails, 0).ShouldBe(86_400_000);
            RetryRules.DelayMs(policy with { CapMs = long.MaxValue }, fails, 0).ShouldBeGreaterThan(0);
        }
    }

    [Fact]
    public void Jitter_takes_off_at_most_its_share() => Prop.ForAll<uint, ushort, byte>((seed, fails, jitter) =>
    {
        var policy = Plain with { BaseMs = seed & 0xFFFF, Jitter = jitter / 255.0 };
        var full = RetryRules.DelayMs(policy with { Jitter = 0 }, fails, 0);
        var delay = RetryRules.DelayMs(policy, fails, (seed >> 16) / 65_536.0);
        var least = (long)(full * (1 - policy.Jitter));
        return delay <= full && delay >= least;
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Jitter_spreads_over_its_whole_share()
    {
        var policy = Plain with { Jitter = 0.2 };
        RetryRules.DelayMs(policy, 1, 0).ShouldBe(1_000);
        RetryRules.DelayMs(policy, 1, 0.999).ShouldBeInRange(800, 801);
    }

    [Theory]
    [InlineData(24, JobState.Retry)]
    [InlineData(25, JobState.Dead)]
    [InlineData(26, JobState.Dead)]
    public void Attempts_are_bounded(int attempts, JobState next) => RetryRules.AfterFail(Plain, attempts, 1, null, 0).Next.ShouldBe(next);

    [Theory]
    [InlineData(2, JobState.Retry)]
    [InlineData(3, JobState.Dead)]
    public void Fails_are_bounded_on_their_own(int fails, JobState next) =>
        RetryRules.AfterFail(Plain with { MaxAttempts = 0, MaxFails = 3 }, 1_000, fails, null, 0).Next.ShouldBe(next);

    [Fact]
    public void Zero_is_no_bound()
    {
        var endless = Plain with { MaxAttempts = 0, MaxFails = 0 };
        RetryRules.AfterFail(endless, int.MaxValue, int.MaxValue, null, 0).Next.ShouldBe(JobState.Retry);
        RetryRules.AfterLoss(endless, int.MaxValue).ShouldBe(RetryDecision.Now);
    }

    [Fact]
    public void A_final_error_ends_it_at_once() =>
        RetryRules.AfterFail(Plain, 1, 1, new JobError("bad", "", RetryAfterMs: 5, Final: true), 0).ShouldBe(RetryDecision.Dead);

    [Theory]
    [InlineData(1, 1)]
    [InlineData(1_500, 1_500)]
    [InlineData(RetryRules.MaxRetryAfterMs, RetryRules.MaxRetryAfterMs)]
    [InlineData(RetryRules.MaxRetryAfterMs + 1, RetryRules.MaxRetryAfterMs)]
    [InlineData(long.MaxValue, RetryRules.MaxRetryAfterMs)]
    public void The_worker_may_name_the_delay_within_a_bound(long wish, long delayMs) =>
        RetryRules.AfterFail(Plain, 1, 1, new JobError("busy", "", wish), 0.9).ShouldBe(RetryDecision.After(delayMs));

    [Theory]
    [InlineData(0)]
    [InlineData(-5)]
    public void A_wish_that_says_nothing_leaves_the_policy(long wish) =>
        RetryRules.AfterFail(Plain, 1, 1, new JobError("busy", "", wish), 0).ShouldBe(RetryDecision.After(1_000));

    [Fact]
    public void A_failure_is_never_retried_in_the_same_moment() =>
        RetryRules.AfterFail(Plain with { BaseMs = 0 }, 1, 1, null, 0).ShouldBe(RetryDecision.After(1));

    [Theory]
    [InlineData(24, JobState.Ready)]
    [InlineData(25, JobState.Dead)]
    public void A_lost_attempt_is_repeated_at_once_while_attempts_are_left(int attempts, JobState next) =>
        RetryRules.AfterLoss(Plain, attempts).ShouldBe(new RetryDecision(next, 0));
}
