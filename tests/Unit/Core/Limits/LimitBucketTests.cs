using FsCheck;
using FsCheck.Fluent;
using Worcr.Core.Limits;

namespace Worcr.Unit.Core.Limits;

public sealed class LimitBucketTests
{
    private const long Epoch2026 = 1_767_225_600_000;

    [Theory]
    [InlineData(LimitKind.Concurrency, 0)]
    [InlineData(LimitKind.FixedWindow, 1)]
    [InlineData(LimitKind.FixedWindow, 700)]
    [InlineData(LimitKind.FixedWindow, 60_000)]
    [InlineData(LimitKind.SlidingWindow, 1)]
    [InlineData(LimitKind.SlidingWindow, 40)]
    [InlineData(LimitKind.SlidingWindow, 1_000)]
    [InlineData(LimitKind.SlidingWindow, 1_001)]
    [InlineData(LimitKind.SlidingWindow, 86_400_000)]
    [InlineData(LimitKind.TokenBucket, 1)]
    [InlineData(LimitKind.TokenBucket, 7)]
    [InlineData(LimitKind.TokenBucket, 1_000)]
    [InlineData(LimitKind.TokenBucket, 3_600_000)]
    public void Whatever_happens_it_does_what_the_definition_says(LimitKind kind, long periodMs) => Prop.ForAll<byte, DoNotSize<uint>[]>((limit, steps) =>
    {
        var pair = new LimitPair(new LimitSpec(kind, limit % 12, periodMs, kind == LimitKind.TokenBucket ? limit % 5 : 0), Epoch2026);
        foreach (var step in steps) pair.Step(step.Item);
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(400).WithEndSize(200));
}
