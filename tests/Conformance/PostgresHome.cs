using Worcr.Testing.Postgres;

namespace Worcr.Conformance;

internal sealed class PostgresHome(PostgresServer server, string url) : IStoreHome
{
    private readonly List<IJobStore> _opened = [];

    public bool IsShared => true;

    public Task<IJobStore> OpenAsync()
    {
        var store = JobStoreFactory.Open(url);
        _opened.Add(store);
        return Task.FromResult(store);
    }

    public Task<IJobStore> CrashAsync(IJobStore store) => OpenAsync();

    public Task RaiseSchemaAsync(IJobStore store) =>
        server.ExecuteAsync(url[(url.LastIndexOf('/') + 1)..], "insert into worcr.schema_version (version, name) values (9999, 'newer')");

    public async ValueTask DisposeAsync()
    {
        foreach (var store in _opened) await store.DisposeAsync();
    }
}
