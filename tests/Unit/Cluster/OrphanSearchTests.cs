using Worcr.SiloHost.Cluster;
using Worcr.Store;

namespace Worcr.Unit.Cluster;

/// <summary>Which namespaces have lost their owner.</summary>
public sealed class OrphanSearchTests
{
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(8);

    private readonly ManualTime _time = new();
    private readonly OrphanSearch _search;

    public OrphanSearchTests() => _search = new OrphanSearch(Lease, _time);

    private long Now => _time.GetUtcNow().ToUnixTimeMilliseconds();

    [Fact]
    public void One_that_was_let_go_is_found_at_once() => Find(Record("a", null, 0), Owned("b", Now + 8_000)).ShouldBe(["a"]);

    [Fact]
    public void One_whose_lease_is_over_is_found() => Find(Owned("a", Now - 1), Owned("b", Now + 1)).ShouldBe(["a"]);

    [Fact]
    public void One_that_is_renewed_is_let_be_however_wrong_the_clocks_are()
    {
        for (var i = 0; i < 20; i++)
        {
            Find(Owned("a", Now + 3_600_000)).ShouldBeEmpty();
            _time.Advance(TimeSpan.FromSeconds(2));
        }
    }

    [Fact]
    public void One_that_is_not_renewed_for_as_long_as_a_lease_lasts_is_found_however_wrong_the_clocks_are()
    {
        var until = Now + 3_600_000;
        for (var i = 0; i < 4; i++)
        {
            Find(Owned("a", until)).ShouldBeEmpty();
            _time.Advance(TimeSpan.FromSeconds(2));
        }

        Find(Owned("a", until)).ShouldBe(["a"]);
    }

    private IReadOnlyList<string> Find(params NamespaceRecord[] all) => _search.Find(all);

    private static NamespaceRecord Owned(string name, long until) => Record(name, "another", until);

    private static NamespaceRecord Record(string name, string? owner, long until) => new(1, name, owner, 1, until);
}
