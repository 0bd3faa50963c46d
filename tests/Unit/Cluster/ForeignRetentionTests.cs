using Worcr.SiloHost.Cluster;
using Worcr.Store;

namespace Worcr.Unit.Cluster;

public sealed class ForeignRetentionTests
{
    private const long Day = 86_400_000;
    private const long Now = 20_000 * Day;

    [Fact]
    public void Without_others_nothing_holds_back() => ForeignRetention.FirstDay([], Now, 7 * Day).ShouldBe(int.MaxValue);

    [Fact]
    public void What_others_keep_is_counted_from_now() => ForeignRetention.FirstDay([Of(Now + 8_000), Of(0)], Now, 7 * Day).ShouldBe(19_993);

    [Fact]
    public void An_owner_whose_time_is_earlier_is_believed() => ForeignRetention.FirstDay([Of(Now), Of(Now - (365 * Day))], Now, 7 * Day).ShouldBe(19_993 - 365);

    private static NamespaceRecord Of(long leaseUntil) => new(1, "n", leaseUntil == 0 ? null : "silo", 1, leaseUntil);
}
