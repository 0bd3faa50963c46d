using System.Runtime.CompilerServices;
using Worcr.Core.Time;

namespace Worcr.Unit.Core.Time;

public sealed class TimerHeapTests
{
    private readonly TimerHeap _heap = new();

    [Fact]
    public void An_empty_heap_is_never_due()
    {
        _heap.NextAt.ShouldBe(long.MaxValue);
        _heap.TryTakeDue(long.MaxValue, out _).ShouldBeFalse();
    }

    [Fact]
    public void A_timer_is_due_at_its_millisecond_and_not_before()
    {
        var timer = new Bell();
        _heap.Set(timer, 1_000);
        _heap.TryTakeDue(999, out _).ShouldBeFalse();
        _heap.TryTakeDue(1_000, out var due).ShouldBeTrue();
        due.ShouldBeSameAs(timer);
        timer.IsSet.ShouldBeFalse();
    }

    [Fact]
    public void Timers_of_one_moment_are_all_taken()
    {
        var timers = Enumerable.Range(0, 200).Select(_ => new Bell()).ToHashSet();
        foreach (var timer in timers) _heap.Set(timer, 7);
        while (_heap.TryTakeDue(7, out var due)) timers.Remove((Bell)due).ShouldBeTrue();
        timers.ShouldBeEmpty();
    }

    [Fact]
    public void Clearing_a_timer_that_is_not_set_changes_nothing()
    {
        var timer = new Bell();
        _heap.Set(timer, 1);
        _heap.Clear(new Bell());
        _heap.Clear(timer);
        _heap.Clear(timer);
        _heap.Count.ShouldBe(0);
    }

    [Fact]
    public void A_cleared_timer_is_not_kept_in_memory()
    {
        var gone = SetAndClear(_heap);
        GC.Collect();
        gone.Where(g => g.IsAlive).ShouldBeEmpty();
        GC.KeepAlive(_heap);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    public void Any_order_of_calls_does_what_a_sorted_list_does(int seed)
    {
        var chance = new Random(seed);
        var bells = Enumerable.Range(0, 300).Select(_ => new Bell()).ToArray();
        var model = new Dictionary<Bell, long>();
        for (var step = 0; step < 20_000; step++)
        {
            var bell = bells[chance.Next(bells.Length)];
            if (chance.Next(100) < 60) Set(model, bell, chance.Next(500));
            else if (chance.Next(100) < 50) Clear(model, bell);
            else Take(model, chance.Next(500));
            _heap.Count.ShouldBe(model.Count);
            _heap.NextAt.ShouldBe(model.Count == 0 ? long.MaxValue : model.Values.Min());
            bell.IsSet.ShouldBe(model.ContainsKey(bell));
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WeakReference[] SetAndClear(TimerHeap heap)
    {
        var bells = Enumerable.Range(0, 100).Select(_ => new Bell()).ToArray();
        foreach (var bell in bells) heap.Set(bell, bell.GetHashCode());
        foreach (var bell in bells.Take(50)) heap.Clear(bell);
        while (heap.TryTakeDue(long.MaxValue, out _))
        {
        }

        return [.. bells.Select(b => new WeakReference(b))];
    }

    private void Set(Dictionary<Bell, long> model, Bell bell, long at)
    {
        _heap.Set(bell, at);
        model[bell] = at;
    }

    private void Clear(Dictionary<Bell, long> model, Bell bell)
    {
        _heap.Clear(bell);
        model.Remove(bell);
    }

    private void Take(Dictionary<Bell, long> model, long now)
    {
        var isDue = model.Count > 0 && model.Values.Min() <= now;
        _heap.TryTakeDue(now, out var due).ShouldBe(isDue);
        if (!isDue) return;
        model[(Bell)due].ShouldBe(model.Values.Min());
        model.Remove((Bell)due);
    }

    private sealed class Bell : Timed;
}
