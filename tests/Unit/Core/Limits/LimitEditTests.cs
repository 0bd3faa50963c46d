using Worcr.Core.Limits;

namespace Worcr.Unit.Core.Limits;

/// <summary>Limits that are edited while they are in use, and ones that are read again as something else.</summary>
public sealed class LimitEditTests
{
    private const long Now = 1_767_225_600_000;

    public static TheoryData<LimitKind, LimitKind> Kinds()
    {
        var data = new TheoryData<LimitKind, LimitKind>();
        foreach (var from in Enum.GetValues<LimitKind>())
        {
            foreach (var to in Enum.GetValues<LimitKind>().Where(k => k != LimitKind.Concurrency)) data.Add(from, to);
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Another_kind_takes_over_what_is_used(LimitKind from, LimitKind to)
    {
        var bucket = Used(from, 3);
        bucket.Change(Spec(to, 5, 60_000), Now);
        bucket.Used(Now).ShouldBe(3);
        bucket.CanTake(Now, 2).ShouldBeTrue();
        bucket.CanTake(Now, 3).ShouldBeFalse();
        bucket.OpensAt(Now, 3).ShouldBeInRange(Now + 1, Now + 60_000);
    }

    [Theory]
    [InlineData(LimitKind.FixedWindow)]
    [InlineData(LimitKind.SlidingWindow)]
    [InlineData(LimitKind.TokenBucket)]
    public void A_concurrency_starts_with_nothing_held(LimitKind from)
    {
        var bucket = Used(from, 3);
        bucket.Change(new LimitSpec(LimitKind.Concurrency, 5), Now);
        bucket.Used(Now).ShouldBe(0);
        bucket.Take(Now, 5);
        bucket.CanTake(Now).ShouldBeFalse();
        bucket.Return(5);
        bucket.IsIdle(Now).ShouldBeTrue();
    }

    [Theory]
    [InlineData(LimitKind.FixedWindow)]
    [InlineData(LimitKind.SlidingWindow)]
    [InlineData(LimitKind.TokenBucket)]
    public void What_was_saved_is_read_as_what_the_limit_is_today(LimitKind from)
    {
        var saved = Used(from, 3).Save(Now);
        foreach (var to in new[] { LimitKind.FixedWindow, LimitKind.SlidingWindow, LimitKind.TokenBucket })
        {
            LimitBucket.Restore(Spec(to, 4, 60_000), saved).Used(Now).ShouldBe(3, $"{from} as {to}");
        }

        LimitBucket.Restore(new LimitSpec(LimitKind.Concurrency, 4), saved).Used(Now).ShouldBe(0);
    }

    [Fact]
    public void A_sliding_window_keeps_its_times_in_another_period()
    {
        var bucket = LimitBucket.Create(Spec(LimitKind.SlidingWindow, 2, 1_000));
        bucket.Take(Now);
        bucket.Take(Now + 400);
        bucket.Change(Spec(LimitKind.SlidingWindow, 2, 600), Now + 500);
        bucket.OpensAt(Now + 500).ShouldBe(Now + 600);
        bucket.Change(Spec(LimitKind.SlidingWindow, 2, 900), Now + 550);
        bucket.OpensAt(Now + 550).ShouldBe(Now + 900);
        bucket.OpensAt(Now + 550, 2).ShouldBe(Now + 1_300);
        bucket.Change(Spec(LimitKind.SlidingWindow, 2, 60_000), Now + 700);
        bucket.OpensAt(Now + 700).ShouldBeInRange(Now + 60_000, Now + 60_060);
    }

    [Fact]
    public void A_token_bucket_keeps_the_part_of_a_token_that_is_missing()
    {
        var bucket = LimitBucket.Create(Spec(LimitKind.TokenBucket, 1, 1_000));
        bucket.Take(Now);
        bucket.Change(Spec(LimitKind.TokenBucket, 1, 10_000), Now + 250);
        bucket.OpensAt(Now + 250).ShouldBe(Now + 250 + 7_500);
        bucket.Change(Spec(LimitKind.TokenBucket, 10, 10_000, 1), Now + 250);
        bucket.OpensAt(Now + 250).ShouldBe(Now + 250 + 750);
        bucket.Change(Spec(LimitKind.TokenBucket, 10, 7, 1), Now + 250);
        bucket.OpensAt(Now + 250).ShouldBe(Now + 251);
    }

    [Fact]
    public void A_fixed_window_of_another_period_has_as_much_used()
    {
        var bucket = LimitBucket.Create(Spec(LimitKind.FixedWindow, 5, 60_000));
        bucket.Take(Now, 4);
        bucket.Change(Spec(LimitKind.FixedWindow, 5, 1_000), Now + 500);
        bucket.CanTake(Now + 500).ShouldBeTrue();
        bucket.CanTake(Now + 500, 2).ShouldBeFalse();
        bucket.OpensAt(Now + 500, 2).ShouldBe(Now + 1_000);
    }

    [Fact]
    public void Lowered_below_what_is_held_it_is_closed_until_enough_came_back()
    {
        var bucket = Used(LimitKind.Concurrency, 10);
        bucket.Change(new LimitSpec(LimitKind.Concurrency, 3), Now);
        for (var held = 10; held > 3; held--)
        {
            bucket.CanTake(Now).ShouldBeFalse();
            bucket.Return();
        }

        bucket.CanTake(Now).ShouldBeFalse();
        bucket.Return();
        bucket.CanTake(Now).ShouldBeTrue();
    }

    [Theory]
    [InlineData(LimitKind.Concurrency, 1, 5, 0)]
    [InlineData(LimitKind.Concurrency, -1, 0, 0)]
    [InlineData(LimitKind.FixedWindow, 1, 0, 0)]
    [InlineData(LimitKind.SlidingWindow, 1, -1, 0)]
    [InlineData(LimitKind.SlidingWindow, 1, LimitSpec.MaxPeriodMs + 1, 0)]
    [InlineData(LimitKind.TokenBucket, LimitSpec.MaxLimit + 1, 1, 0)]
    [InlineData(LimitKind.TokenBucket, 1, 1, -1)]
    public void What_is_out_of_range_is_refused(LimitKind kind, int limit, long periodMs, int burst)
    {
        var spec = new LimitSpec(kind, limit, periodMs, burst);
        spec.IsValid.ShouldBeFalse();
        Should.Throw<ArgumentException>(() => LimitBucket.Create(spec));
        var bucket = Used(LimitKind.FixedWindow, 1);
        Should.Throw<ArgumentException>(() => bucket.Change(spec, Now));
        bucket.Used(Now).ShouldBe(1);
    }

    private static LimitSpec Spec(LimitKind kind, int limit, long periodMs, int burst = 0) =>
        new(kind, limit, kind == LimitKind.Concurrency ? 0 : periodMs, burst);

    private static LimitBucket Used(LimitKind kind, int n)
    {
        var bucket = LimitBucket.Create(Spec(kind, 10, 60_000));
        bucket.Take(Now, n);
        return bucket;
    }
}
