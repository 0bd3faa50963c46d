using Worcr.Core.Overload;

namespace Worcr.Unit.Core.Overload;

/// <summary>A server with a capacity, producers that offer more or less, and the controller between them.</summary>
public sealed class AdmissionControllerTests
{
    private const int Interval = 500;
    private const int Capacity = 1_000;
    private const int Many = 1_000;

    private readonly AdmissionController _admission = new(new AdmissionOptions());
    private readonly Random _chance = new(7);
    private readonly Dictionary<double, int> _admitted = [];
    private long _now = 1_000_000;
    private double _queue;

    [Fact]
    public void Twice_the_capacity_converges_to_about_the_capacity()
    {
        Offer(60, (1, 1_000), (4, 1_000));
        var admitted = Offer(200, (1, 1_000), (4, 1_000));
        (admitted / 200).ShouldBeInRange(0.85 * Capacity, 1.1 * Capacity);
        _queue.ShouldBeLessThan(2 * Capacity);
        _admission.Load.ShouldBe(1);
        _admission.Rejected.ShouldBeGreaterThan(0);
    }

    [Fact]
    public void The_heaviest_survive()
    {
        Offer(60, (0.5, 700), (1, 700), (8, 600));
        _admitted.Clear();
        Offer(100, (0.5, 700), (1, 700), (8, 600));
        (_admitted[8] / 60_000.0).ShouldBeGreaterThan(0.98);
        _admitted[1].ShouldBeGreaterThan(10 * _admitted.GetValueOrDefault(0.5));
        _admission.Level.ShouldBeInRange(0.4, 1.01);
    }

    [Fact]
    public void Jobs_of_one_weight_are_thinned_out_and_not_switched_on_and_off()
    {
        Offer(60, (1, 2_000));
        for (var i = 0; i < 100; i++) Offer(1, (1, 2_000)).ShouldBeInRange(0.6 * Capacity, 1.4 * Capacity);
    }

    [Fact]
    public void A_change_of_weights_is_followed()
    {
        Offer(60, (1, 2_000));
        Offer(60, (100, 2_000));
        Offer(100, (100, 2_000)).ShouldBeInRange(85 * Capacity, 110 * Capacity);
        _admission.Level.ShouldBeInRange(80, 101);
    }

    [Fact]
    public void When_the_load_ends_everything_is_admitted_soon_and_the_histogram_is_dropped()
    {
        Offer(100, (1, 2_000));
        Offer(40, (1, 500));
        Offer(10, (1, 500)).ShouldBe(5_000);
        _admission.Level.ShouldBe(0);
        Offer(40, (1, 500)).ShouldBe(20_000);
        _admission.IsWatching.ShouldBeFalse();
        _admission.Load.ShouldBe(0);
    }

    [Fact]
    public void Silence_ends_it_at_once()
    {
        Offer(100, (1, 2_000));
        _now += 60_000;
        _admission.Advance(_now, 0, isBlocked: false);
        (_admission.IsWatching, _admission.Level).ShouldBe((false, 0));
    }

    [Fact]
    public void A_burst_is_no_overload()
    {
        for (var i = 0; i < 50; i++)
        {
            _admission.Waited(5_000, Many);
            _admission.Waited(3, Many);
            End();
            _admission.IsWatching.ShouldBeFalse();
        }

        _admission.DelayMs.ShouldBe(3);
        _admission.Load.ShouldBe(0.03, 0.001);
    }

    [Fact]
    public void Few_callers_are_no_queue_however_slow_their_turns()
    {
        for (var i = 0; i < 50; i++)
        {
            for (var ahead = 0; ahead < 20; ahead++) _admission.Waited(2_000, ahead);
            End();
        }

        (_admission.IsWatching, _admission.DelayMs).ShouldBe((false, 0));
    }

    [Fact]
    public void A_store_that_stalls_is_overload_and_one_that_is_far_is_not()
    {
        for (var i = 0; i < 20; i++) End(flushMs: 4_900);
        _admission.IsWatching.ShouldBeFalse();
        for (var i = 0; i < 20; i++)
        {
            End(flushMs: 6_000, isBlocked: true);
            for (var n = 0; n < 100; n++) _admission.Admits(1, _chance.NextDouble(), 1);
        }

        _admission.DelayMs.ShouldBe(6_000);
        _admission.Level.ShouldBeGreaterThan(0);
    }

    [Fact]
    public void While_nothing_is_handled_because_the_store_is_slow_the_last_delay_stands()
    {
        _admission.Waited(80, Many);
        End();
        End(isBlocked: true);
        _admission.DelayMs.ShouldBe(80);
        End();
        _admission.DelayMs.ShouldBe(0);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(double.Epsilon)]
    public void No_weight_is_out_of_bounds(double weight)
    {
        Offer(30, (1, 2_000));
        _admission.Admits(weight, 0, 1).ShouldBe(weight > 1);
        _admission.Admits(weight, 1, 1).ShouldBe(weight > 1);
    }

    /// <summary>Offers so many jobs of each weight in each interval; what is admitted is served at the capacity. Says how many were admitted.</summary>
    private double Offer(int intervals, params (double Weight, int Jobs)[] load)
    {
        var admitted = 0;
        for (var i = 0; i < intervals; i++)
        {
            foreach (var (weight, jobs) in load)
            {
                for (var n = 0; n < jobs; n++)
                {
                    if (!_admission.Admits(weight, _chance.NextDouble(), 1)) continue;
                    _admitted[weight] = _admitted.GetValueOrDefault(weight) + 1;
                    admitted++;
                    _queue++;
                }
            }

            _queue = Math.Max(0, _queue - Capacity);
            _admission.Waited((long)(_queue * Interval / Capacity), (int)_queue);
            End();
        }

        return admitted;
    }

    private void End(long flushMs = 0, bool isBlocked = false) => _admission.Advance(_now += Interval, flushMs, isBlocked);
}
