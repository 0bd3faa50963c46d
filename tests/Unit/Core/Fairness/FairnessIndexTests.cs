using Worcr.Core.Fairness;
using Worcr.Core.Time;

namespace Worcr.Unit.Core.Fairness;

public sealed class FairnessIndexTests
{
    [Fact]
    public void It_is_one_when_all_got_the_same_and_one_nth_when_one_got_all()
    {
        FairnessIndex.Of([5, 5, 5, 5]).ShouldBe(1);
        FairnessIndex.Of([8, 0, 0, 0]).ShouldBe(0.25);
        FairnessIndex.Of([3, 1]).ShouldBe(0.8);
        FairnessIndex.Of([0, 0]).ShouldBe(1);
        FairnessIndex.Of([]).ShouldBe(1);
    }

    [Fact]
    public void A_recent_count_forgets_after_a_minute()
    {
        var count = new RecentCount();
        const long Start = 1_800_000_000_000;
        for (var i = 0; i < 60; i++) count.Note(Start + (i * 1_000));
        count.Sum(Start + 59_000).ShouldBe(60);
        count.PerSecond(Start + 59_999, Start).ShouldBe(1, 0.01);
        count.PerSecond(Start + 59_999, Start + 30_000).ShouldBe(2, 0.01);
        count.Sum(Start + 90_000).ShouldBe(25);
        count.Sum(Start + 600_000).ShouldBe(0);
    }
}
