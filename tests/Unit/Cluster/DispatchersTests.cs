using Microsoft.Extensions.Logging.Abstractions;
using NSubstitute;
using Worcr.Grains;
using Worcr.SiloHost.Cluster;
using Worcr.SiloHost.Hosting;
using Worcr.Store;

namespace Worcr.Unit.Cluster;

/// <summary>Which namespaces a silo has. Another silo owns all of them, so that none is loaded here.</summary>
public sealed class DispatchersTests : IAsyncDisposable
{
    private readonly IJobStore _store = Substitute.For<IJobStore>();
    private readonly Dispatchers _dispatchers;

    public DispatchersTests()
    {
        _store.AcquireAsync(default!, TestContext.Current.CancellationToken).ReturnsForAnyArgs(new OwnershipReply(null, "another"));
        _store.ListNamespacesAsync(TestContext.Current.CancellationToken).ReturnsForAnyArgs([new NamespaceRecord(1, "stored", "another", 1, 1)]);
        var options = new ClusterOptions { Namespaces = 2, Patience = TimeSpan.FromMilliseconds(1) };
        _dispatchers = new Dispatchers(new DispatcherSource(_store, Substitute.For<IJobTemplates>(), new SiloOptions(), options, TimeProvider.System, []), NullLogger<Dispatchers>.Instance);
    }

    public async ValueTask DisposeAsync()
    {
        await _dispatchers.StopAsync(CancellationToken.None);
        _dispatchers.Dispose();
    }

    [Fact]
    public async Task Looking_makes_no_namespace()
    {
        (await _dispatchers.FindExistingAsync("new", TestContext.Current.CancellationToken)).ShouldBeNull();
        await _store.DidNotReceiveWithAnyArgs().AcquireAsync(default!, TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task A_namespace_of_another_silo_is_known() =>
        await Should.ThrowAsync<DispatcherUnavailableException>(async () => await _dispatchers.FindExistingAsync("stored", TestContext.Current.CancellationToken));

    [Fact]
    public async Task A_silo_takes_so_many_namespaces_and_no_more()
    {
        foreach (var name in (string[])["a", "b", "a"])
            (await Should.ThrowAsync<DispatcherUnavailableException>(async () => await FindAsync(name))).ShouldNotBeOfType<NamespaceLimitException>();
        (await Should.ThrowAsync<NamespaceLimitException>(async () => await FindAsync("c"))).Message.ShouldBe("This silo has 2 namespaces, and takes no more.");
    }

    [Fact]
    public async Task A_store_that_is_away_is_said()
    {
        _store.ListNamespacesAsync(TestContext.Current.CancellationToken).ReturnsForAnyArgs(Task.FromException<IReadOnlyList<NamespaceRecord>>(new StoreTransientException("away")));
        await Should.ThrowAsync<DispatcherUnavailableException>(async () => await _dispatchers.FindExistingAsync("new", TestContext.Current.CancellationToken));
    }

    private ValueTask<IDispatcher> FindAsync(string name) => _dispatchers.FindAsync(name, TestContext.Current.CancellationToken);
}
