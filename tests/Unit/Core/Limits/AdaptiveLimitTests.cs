using FsCheck;
using FsCheck.Fluent;
using Worcr.Core.Limits;

namespace Worcr.Unit.Core.Limits;

public sealed class AdaptiveLimitTests
{
    private const long Now = 1_767_225_600_000;
    private static readonly AdaptiveSpec Spec = new(2, 40, ["429", "timeout"]);

    [Fact]
    public void It_rises_by_one_after_as_many_successes_as_it_allows()
    {
        var limit = new AdaptiveLimit(Spec, 5);
        Succeed(limit, 4).ShouldBe(0);
        Succeed(limit, 1).ShouldBe(1);
        limit.Value.ShouldBe(6);
        Succeed(limit, 5).ShouldBe(0);
        Succeed(limit, 1).ShouldBe(1);
        limit.Value.ShouldBe(7);
        limit.History.ShouldBe([new(Now, 6, AdaptiveReason.Raised), new(Now, 7, AdaptiveReason.Raised)]);
    }

    [Fact]
    public void It_does_not_rise_while_nobody_needs_it()
    {
        var limit = new AdaptiveLimit(Spec, 5);
        for (var i = 0; i < 1_000; i++) limit.Ended(Now, null, 0, 10, inUse: false).ShouldBeFalse();
        limit.Value.ShouldBe(5);
    }

    [Theory]
    [InlineData("429")]
    [InlineData("timeout")]
    public void A_declared_failure_halves_it_once_in_a_cool_down(string code)
    {
        var limit = new AdaptiveLimit(Spec, 40);
        limit.Ended(Now, code, 0, 5, true).ShouldBeTrue();
        limit.Value.ShouldBe(20);
        for (var i = 0; i < 20; i++) limit.Ended(Now + 999, code, 0, 5, true).ShouldBeFalse();
        limit.Ended(Now + 1_000, code, 0, 5, true).ShouldBeTrue();
        limit.Value.ShouldBe(10);
    }

    [Fact]
    public void Successes_from_before_a_cut_do_not_raise_it_again()
    {
        var limit = new AdaptiveLimit(Spec, 10);
        Succeed(limit, 9).ShouldBe(0);
        limit.Ended(Now, "429", 0, 5, true).ShouldBeTrue();
        Succeed(limit, 4).ShouldBe(0);
        Succeed(limit, 1).ShouldBe(1);
        limit.Value.ShouldBe(6);
    }

    [Fact]
    public void Long_runs_have_a_long_cool_down()
    {
        var limit = new AdaptiveLimit(Spec, 40);
        for (var i = 0; i < 20; i++) limit.Ended(Now, null, 0, 30_000, false);
        limit.Ended(Now, "429", 0, 5, true).ShouldBeTrue();
        limit.Ended(Now + 29_999, "429", 0, 5, true).ShouldBeFalse();
        limit.Ended(Now + 30_000, "429", 0, 5, true).ShouldBeTrue();
    }

    [Fact]
    public void Other_failures_say_nothing()
    {
        var limit = new AdaptiveLimit(Spec, 40);
        limit.Ended(Now, "TIMEOUT", 60_000, 5, true).ShouldBeFalse();
        limit.Ended(Now, "bad_address", 60_000, 5, true).ShouldBeFalse();
        limit.Value.ShouldBe(40);
        limit.BlockedUntil.ShouldBeLessThan(Now);
    }

    [Fact]
    public void Retry_After_closes_it_and_the_longest_wins()
    {
        var limit = new AdaptiveLimit(Spec, 2);
        limit.Ended(Now, "429", 5_000, 5, true).ShouldBeTrue();
        limit.BlockedUntil.ShouldBe(Now + 5_000);
        limit.Ended(Now + 10, "429", 100, 5, true).ShouldBeFalse();
        limit.BlockedUntil.ShouldBe(Now + 5_000);
        limit.Ended(Now, "429", long.MaxValue, 5, true).ShouldBeTrue();
        limit.BlockedUntil.ShouldBe(Now + AdaptiveLimit.MaxRetryAfterMs);
    }

    [Fact]
    public void Runs_that_get_longer_cut_it_gently()
    {
        var limit = new AdaptiveLimit(Spec, 40);
        for (var i = 0; i < 300; i++) limit.Ended(Now, null, 0, 100, false).ShouldBeFalse();
        var runs = 1;
        while (!limit.Ended(Now, null, 0, 400, false)) runs++;
        runs.ShouldBeInRange(2, 10);
        limit.Value.ShouldBe(36);
        for (var i = 0; i < 50; i++) limit.Ended(Now + 999, null, 0, 400, true).ShouldBeFalse();
        limit.Ended(Now + 1_000, null, 0, 400, true).ShouldBeTrue();
        limit.Value.ShouldBe(32);
        limit.History.Last().Reason.ShouldBe(AdaptiveReason.Slow);
    }

    [Theory]
    [InlineData(true, 49, 400)]
    [InlineData(true, 300, 149)]
    [InlineData(true, 300, double.NaN)]
    [InlineData(true, 300, double.PositiveInfinity)]
    [InlineData(true, 300, -1)]
    [InlineData(false, 300, 400)]
    public void Runs_that_are_few_or_hardly_longer_or_not_asked_for_do_not(bool gradient, int known, double then)
    {
        var limit = new AdaptiveLimit(Spec with { Gradient = gradient }, 40);
        for (var i = 0; i < known; i++) limit.Ended(Now, null, 0, 100, false);
        var more = known < 50 ? 49 - known : 50;
        for (var i = 0; i < more; i++) limit.Ended(Now, null, 0, then, false).ShouldBeFalse();
        limit.Value.ShouldBe(40);
    }

    [Fact]
    public void What_is_usual_is_learned_anew()
    {
        var limit = new AdaptiveLimit(Spec, 40);
        var now = Now;
        for (var i = 0; i < 100; i++) limit.Ended(now, null, 0, 100, true);
        for (var i = 0; i < 3_000; i++) limit.Ended(now += 100, null, 0, 300, true);
        limit.Value.ShouldBe(40);
        for (var i = 0; i < 300; i++) limit.Ended(now, null, 0, 20, true);
        for (var i = 0; i < 100 && limit.Value == 40; i++) limit.Ended(now += 100, null, 0, 100, true);
        limit.Value.ShouldBeLessThan(40, "what was usual in the bad hour was forgotten");
    }

    [Fact]
    public void Frozen_it_stays_as_it_is()
    {
        var limit = new AdaptiveLimit(Spec, 10);
        limit.Ended(Now, "429", 60_000, 5, true);
        limit.Change(Spec with { IsFrozen = true }, Now).ShouldBeTrue();
        limit.IsFrozen.ShouldBeTrue();
        limit.BlockedUntil.ShouldBeLessThan(Now);
        limit.Ended(Now + 100_000, "429", 60_000, 5, true).ShouldBeFalse();
        Succeed(limit, 1_000).ShouldBe(0);
        limit.Value.ShouldBe(5);
        AdaptiveLimit.Restore(Spec with { IsFrozen = true }, new AdaptiveLimit(Spec, 10).Save()).Value.ShouldBe(10);
    }

    [Fact]
    public void Edited_it_moves_inside_its_bounds()
    {
        var limit = new AdaptiveLimit(Spec, 1_000);
        limit.Value.ShouldBe(40);
        limit.Change(Spec with { Max = 12 }, Now).ShouldBeTrue();
        limit.Value.ShouldBe(12);
        limit.Change(Spec with { Min = 3 }, Now).ShouldBeFalse();
        limit.History.ShouldBe([new(Now, 12, AdaptiveReason.Edited)]);
        Should.Throw<ArgumentException>(() => limit.Change(Spec with { Min = 0 }, Now));
        Should.Throw<ArgumentException>(() => new AdaptiveLimit(Spec with { Min = 50 }, 1));
    }

    [Fact]
    public void Its_history_is_bounded()
    {
        var limit = new AdaptiveLimit(Spec with { Max = 1_000_000 }, 2);
        for (var i = 0; i < 150; i++) Succeed(limit, limit.Value);
        limit.History.Count.ShouldBe(AdaptiveLimit.HistoryLength);
        limit.History.Last().Value.ShouldBe(152);
    }

    [Fact]
    public void Whatever_happens_it_stays_in_its_bounds_and_goes_on_the_same_after_a_crash() => Prop.ForAll<DoNotSize<uint>[]>(steps =>
    {
        var limit = new AdaptiveLimit(Spec, 10);
        var other = limit;
        var now = Now;
        foreach (var step in steps.Select(s => s.Item))
        {
            now += step % 700;
            var error = (step >> 10) % 4 == 0 ? "429" : null;
            var before = limit.Value;
            var changed = limit.Ended(now, error, 0, (step >> 12) % 500, (step & 1) == 0);
            if (!ReferenceEquals(other, limit)) other.Ended(now, error, 0, (step >> 12) % 500, (step & 1) == 0).ShouldBe(changed);
            if (step % 16 == 0) other = AdaptiveLimit.Restore(Spec, limit.Save());
            changed.ShouldBe(limit.Value != before);
            limit.Value.ShouldBeInRange(error is null ? before - (before / 10) - 1 : before / 2, error is null ? before + 1 : before);
            limit.Value.ShouldBeInRange(Spec.Min, Spec.Max);
            (other.Value, other.BlockedUntil).ShouldBe((limit.Value, limit.BlockedUntil));
        }
    }).Check(Config.QuickThrowOnFailure.WithEndSize(300));

    [Fact]
    public void What_was_not_saved_by_a_limit_is_refused()
    {
        var saved = new AdaptiveLimit(Spec, 10).Save();
        for (var length = 0; length < saved.Length; length++) Should.Throw<FormatException>(() => AdaptiveLimit.Restore(Spec, saved[..length]));
        Should.Throw<FormatException>(() => AdaptiveLimit.Restore(Spec, [9, .. saved[1..]]));
    }

    private static int Succeed(AdaptiveLimit limit, int times) => Enumerable.Range(0, times).Count(_ => limit.Ended(Now, null, 0, 10, inUse: true));
}
