using Worcr.Grains.Jobs;

namespace Worcr.Unit.Grains.Jobs;

/// <summary>What was said of keys is kept until its flush is durable.</summary>
public sealed class RecentTests
{
    private readonly Recent<string, int> _recent = new(StringComparer.Ordinal);

    [Fact]
    public void The_last_word_counts_and_outlives_the_flush_of_an_earlier_one()
    {
        _recent.Note("a", 1, flush: 5);
        _recent.Note("b", 2, flush: 5);
        _recent.Note("a", 3, flush: 6);
        _recent.Forget(upTo: 5);
        Of("a").ShouldBe((true, 3, 6));
        Of("b").ShouldBe((false, 0, 0));
        _recent.Forget(upTo: 6);
        _recent.Count.ShouldBe(0);
    }

    [Fact]
    public void Said_twice_in_one_flush_it_is_forgotten_once()
    {
        _recent.Note("a", 1, flush: 5);
        _recent.Note("a", 2, flush: 5);
        _recent.Forget(upTo: 4);
        Of("a").ShouldBe((true, 2, 5));
        _recent.Forget(upTo: 7);
        _recent.Count.ShouldBe(0);
        _recent.Note("a", 3, flush: 8);
        _recent.Forget(upTo: 7);
        Of("a").ShouldBe((true, 3, 8));
    }

    private (bool IsNoted, int Value, long Flush) Of(string key) => (_recent.TryGet(key, out var value), value, _recent.FlushOf(key));
}
