using FsCheck;
using FsCheck.Fluent;
using Worcr.Core.Limits;

namespace Worcr.Unit.Core.Limits;

/// <summary>The largest numbers, broken bytes, a clock that runs backwards, a block from outside.</summary>
public sealed class LimitExtremeTests
{
    private const long Now = 1_767_225_600_000;
    private static readonly LimitKind[] Timed = [LimitKind.FixedWindow, LimitKind.SlidingWindow, LimitKind.TokenBucket];

    public static TheoryData<LimitKind> Kinds() => [.. Timed];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void The_largest_limit_in_the_longest_period_is_exact(LimitKind kind)
    {
        var bucket = LimitBucket.Create(new LimitSpec(kind, LimitSpec.MaxLimit, LimitSpec.MaxPeriodMs));
        bucket.Take(Now, LimitSpec.MaxLimit - 1);
        bucket.CanTake(Now).ShouldBeTrue();
        bucket.CanTake(Now, 2).ShouldBeFalse();
        bucket.Take(Now);
        bucket.CanTake(Now).ShouldBeFalse();
        bucket.Used(Now).ShouldBe(LimitSpec.MaxLimit);
        var opens = bucket.OpensAt(Now, LimitSpec.MaxLimit);
        opens.ShouldBeInRange(Now + 1, Now + LimitSpec.MaxPeriodMs + (LimitSpec.MaxPeriodMs / 1_000));
        bucket.CanTake(opens - 1, LimitSpec.MaxLimit).ShouldBeFalse();
        bucket.CanTake(opens, LimitSpec.MaxLimit).ShouldBeTrue();
        LimitBucket.Restore(bucket.Spec, bucket.Save(Now)).OpensAt(Now, LimitSpec.MaxLimit).ShouldBe(opens);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_recovery_may_take_far_beyond_the_limit(LimitKind kind)
    {
        var bucket = LimitBucket.Create(new LimitSpec(kind, 1, 1_000));
        for (var i = 0; i < 10; i++) bucket.Take(Now, int.MaxValue);
        bucket.Used(Now).ShouldBe(10L * int.MaxValue);
        var again = LimitBucket.Restore(bucket.Spec, bucket.Save(Now));
        again.Used(Now).ShouldBe(10L * int.MaxValue);
        again.OpensAt(Now).ShouldBe(kind == LimitKind.TokenBucket ? Now + (10L * int.MaxValue * 1_000) : Now + 1_000);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void At_both_ends_of_time_nothing_overflows(LimitKind kind)
    {
        var bucket = LimitBucket.Create(new LimitSpec(kind, 1, LimitSpec.MaxPeriodMs));
        bucket.Take(long.MinValue);
        bucket.CanTake(long.MinValue).ShouldBeFalse();
        bucket.OpensAt(long.MinValue).ShouldBeLessThanOrEqualTo(long.MinValue + LimitSpec.MaxPeriodMs + (LimitSpec.MaxPeriodMs / 1_000));
        bucket.CanTake(-1).ShouldBeTrue();
        bucket.Take(-1);
        bucket.Take(long.MaxValue);
        bucket.CanTake(long.MaxValue).ShouldBeFalse();
        bucket.OpensAt(long.MaxValue).ShouldBe(long.MaxValue);
        LimitBucket.Restore(bucket.Spec, bucket.Save(long.MaxValue)).CanTake(long.MaxValue).ShouldBeFalse();
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Nothing_is_allowed_by_a_limit_of_nothing(LimitKind kind)
    {
        var bucket = LimitBucket.Create(new LimitSpec(kind, 0, 1_000, 5));
        bucket.CanTake(Now).ShouldBeFalse();
        bucket.OpensAt(Now).ShouldBe(long.MaxValue);
        bucket.IsIdle(Now).ShouldBeTrue();
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_clock_that_goes_back_opens_nothing(LimitKind kind)
    {
        var bucket = LimitBucket.Create(new LimitSpec(kind, 2, 1_000));
        bucket.Take(Now);
        bucket.Take(Now - 50_000);
        foreach (var now in new[] { Now - 100_000, Now - 1, Now }) bucket.CanTake(now).ShouldBeFalse();
        bucket.OpensAt(Now - 50_000).ShouldBe(bucket.OpensAt(Now));
        bucket.OpensAt(Now).ShouldBeGreaterThan(Now);
    }

    [Theory]
    [InlineData(LimitKind.SlidingWindow, 60_000)]
    [InlineData(LimitKind.SlidingWindow, 1_001)]
    [InlineData(LimitKind.SlidingWindow, LimitSpec.MaxPeriodMs)]
    public void Its_memory_is_bounded_whatever_the_limit(LimitKind kind, long periodMs)
    {
        var bucket = LimitBucket.Create(new LimitSpec(kind, LimitSpec.MaxLimit, periodMs));
        for (long i = 0; i < 50_000; i++) bucket.Take(Now + (periodMs * i / 12_000));
        bucket.Save(Now + (periodMs * 50_000 / 12_000)).Length.ShouldBeLessThan(1_001 * 10);
        bucket.Save(Now + (periodMs * 61_900 / 12_000)).Length.ShouldBeLessThan(50 * 10);
    }

    [Fact]
    public void A_block_from_outside_closes_it_until_then()
    {
        var bucket = LimitBucket.Create(new LimitSpec(LimitKind.Concurrency, 1));
        bucket.ClosedUntil = Now + 500;
        bucket.CanTake(Now + 499).ShouldBeFalse();
        bucket.IsIdle(Now + 499).ShouldBeFalse();
        bucket.OpensAt(Now).ShouldBe(Now + 500);
        bucket.CanTake(Now + 500).ShouldBeTrue();
        bucket.Take(Now + 500);
        bucket.OpensAt(Now + 500).ShouldBe(long.MaxValue);
    }

    [Fact]
    public void What_was_not_saved_by_a_limit_is_refused()
    {
        var spec = new LimitSpec(LimitKind.SlidingWindow, 5, 1_000);
        var bucket = LimitBucket.Create(spec);
        for (var i = 0; i < 4; i++) bucket.Take(Now + (i * 100));
        var saved = bucket.Save(Now + 400);
        for (var length = 1; length < saved.Length; length++) Should.Throw<FormatException>(() => LimitBucket.Restore(spec, saved[..length]));
        Should.Throw<FormatException>(() => LimitBucket.Restore(spec, [.. saved, 0]));
        Should.Throw<FormatException>(() => LimitBucket.Restore(spec, [(byte)(saved[0] + 1), .. saved[1..]]));
        Should.Throw<FormatException>(() => LimitBucket.Restore(spec, [saved[0], 9, .. saved[2..]]));
    }

    [Fact]
    public void Several_limits_are_taken_all_or_none() => Prop.ForAll<DoNotSize<uint>[]>(steps =>
    {
        LimitBucket[] all = [.. Timed.Append(LimitKind.Concurrency).Select((k, i) => LimitBucket.Create(new LimitSpec(k, 3 + i, k == LimitKind.Concurrency ? 0 : 70 * (i + 1))))];
        var now = Now;
        foreach (var step in steps.Select(s => s.Item))
        {
            now += step % 40;
            var some = all.Where((_, i) => ((step >> (8 + i)) & 1) == 1).ToArray();
            if ((step >> 16) % 3 == 0 && all[3].Used(now) > 0) all[3].Return();
            var before = all.Select(b => b.Used(now)).ToArray();
            var opens = some.Aggregate(now, (latest, bucket) => Math.Max(latest, bucket.OpensAt(now)));
            var taken = some.All(b => b.CanTake(now));
            foreach (var bucket in taken ? some : []) bucket.Take(now);
            taken.ShouldBe(opens == now);
            taken.ShouldBe(!some.Any(b => before[Array.IndexOf(all, b)] == b.Spec.Limit));
            for (var i = 0; i < all.Length; i++) all[i].Used(now).ShouldBe(before[i] + (taken && some.Contains(all[i]) ? 1 : 0));
            if (!taken && opens < long.MaxValue) some.ShouldAllBe(b => b.CanTake(opens, 1));
        }
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(200).WithEndSize(200));
}
