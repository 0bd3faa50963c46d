namespace Worcr.Conformance;

/// <summary>What every backend must do. A backend's class gives a home and nothing else; the verbs are in the files beside this one.</summary>
public abstract partial class JobStoreConformance : IAsyncLifetime
{
    private IStoreHome? _home;
    private IJobStore? _store;

    protected static CancellationToken Cancel => TestContext.Current.CancellationToken;

    protected IStoreHome Home => _home!;

    protected IJobStore Store => _store!;

    public async ValueTask InitializeAsync()
    {
        _home = await HomeAsync();
        _store = await _home.OpenAsync();
        await _store.MigrateAsync(Cancel);
    }

    public async ValueTask DisposeAsync()
    {
        if (_home is not null) await _home.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    protected abstract Task<IStoreHome> HomeAsync();

    protected static AcquireOwnership Ask(string silo, long now = 1_000, Ownership? held = null, bool takeover = false, string name = "main", long leaseMs = 3_600_000) =>
        new(name, silo, leaseMs, now, held, takeover);

    protected async Task<StoreWorld> WorldAsync(string name = "main") =>
        new(Store, (await Store.AcquireAsync(Ask("silo-a", name: name), Cancel)).Ownership.ShouldNotBeNull());
}
