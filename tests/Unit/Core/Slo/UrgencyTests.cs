using FsCheck;
using FsCheck.Fluent;
using Worcr.Core.Slo;

namespace Worcr.Unit.Core.Slo;

public sealed class UrgencyTests
{
    [Theory]
    [InlineData(0, 1)]
    [InlineData(499, 1)]
    [InlineData(500, 2)]
    [InlineData(749, 2)]
    [InlineData(750, 4)]
    [InlineData(899, 4)]
    [InlineData(900, 8)]
    [InlineData(999, 8)]
    [InlineData(1_000, 16)]
    [InlineData(1_000_000, 16)]
    public void It_rises_in_steps_to_its_cap(long waitedMs, double factor) => Urgency.Factor(waitedMs, 1_000).ShouldBe(factor);

    [Fact]
    public void Without_an_objective_nothing_is_urgent() => Urgency.Factor(long.MaxValue / 32, 0).ShouldBe(1);

    [Fact]
    public void Waiting_never_makes_a_job_less_urgent() => Prop.ForAll<uint, ushort, uint>((waited, more, slo) =>
        Urgency.Factor(waited + (long)more, slo) >= Urgency.Factor(waited, slo)).QuickCheckThrowOnFailure();

    [Fact]
    public void A_clock_that_went_back_makes_nothing_urgent() => Urgency.Factor(-5, 1).ShouldBe(1);
}
