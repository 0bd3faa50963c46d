using Worcr.Core.Time;

namespace Worcr.Unit.Core.Time;

public sealed class RetentionClockTests
{
    private const long Day = 86_400_000;
    private const long Hour = Day / 24;
    private const long Year = 365 * Day;
    private const long Start = 20_000 * Day;

    [Fact]
    public void It_begins_at_the_wall_and_goes_along_with_it()
    {
        var clock = new RetentionClock(0);
        for (var passed = 0L; passed < 10 * Day; passed += 6 * Hour) clock.Advance(Start + passed, 777 + passed).ShouldBe(Start + passed);
    }

    [Fact]
    public void A_wall_that_is_a_year_ahead_for_a_minute_moves_it_by_two_minutes()
    {
        var clock = new RetentionClock(0);
        clock.Advance(Start, 0);
        clock.Advance(Start + Year, 60_000).ShouldBe(Start + 120_000);
        clock.Advance(Start + 180_000, 180_000).ShouldBe(Start + 180_000);
    }

    [Fact]
    public void A_start_with_a_wall_that_is_a_year_ahead_counts_for_a_day()
    {
        var clock = new RetentionClock(Start);
        clock.Advance(Start + Year, 5).ShouldBe(Start + Day);
        clock.Advance(Start + Year, 5).ShouldBe(Start + Day);
        new RetentionClock(clock.At).Advance(Start + Hour, 0).ShouldBe(Start + Hour);
    }

    [Fact]
    public void After_a_month_without_a_silo_it_catches_up()
    {
        var clock = new RetentionClock(Start);
        var back = Start + (30 * Day);
        for (var passed = 0L; passed <= 30 * Day; passed += 6 * Hour) clock.Advance(back + passed, passed);
        clock.At.ShouldBe(back + (30 * Day));
    }

    [Fact]
    public void A_wall_that_goes_back_takes_it_along_and_brings_it_back()
    {
        var clock = new RetentionClock(0);
        clock.Advance(Start, 0);
        clock.Advance(Start - Year, 60_000).ShouldBe(Start - Year);
        clock.Advance(Start + 120_000, 120_000).ShouldBe(Start + 120_000);
    }

    [Fact]
    public void A_wall_that_was_a_year_ahead_from_the_beginning_is_forgotten_after_a_day_of_a_right_one()
    {
        var clock = new RetentionClock(0);
        clock.Advance(Start + Year, 0).ShouldBe(Start + Year);
        for (var passed = 0L; passed <= Day; passed += 6 * Hour) clock.Advance(Start + passed, passed).ShouldBe(Start + passed);
        clock.Advance(Start + Year, Day + 60_000).ShouldBe(Start + Day + 120_000);
    }

    /// <summary>The promise: half of the retention and a day a start, whatever the wall says.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Whatever_the_wall_says_it_is_never_further_ahead_than_what_has_passed_and_a_day_a_start(int seed)
    {
        var chance = new Random(seed);
        for (var run = 0; run < 200; run++)
        {
            var (clock, passed, starts, finishedAt) = (new RetentionClock(Start), 0L, 0, Start);
            clock.Advance(Start + Year, 0).ShouldBe(Start + Day);
            for (var step = 0; step < 100; step++)
            {
                passed += chance.NextInt64(12 * Hour);
                if (chance.Next(20) == 0) (clock, starts) = (new RetentionClock(clock.At), starts + 1);
                var wall = Start + passed + chance.NextInt64(-Year, Year);
                clock.Advance(wall, passed).ShouldBeLessThanOrEqualTo(Math.Min(wall, finishedAt + (2 * passed) + ((starts + 1) * Day)));
            }
        }
    }
}
