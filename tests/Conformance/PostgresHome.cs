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

    public async Task ToFirstSchemaAsync(IJobStore store)
    {
        await store.DisposeAsync();
        await ExecuteAsync("alter table worcr.lane drop column args; alter table worcr.journal drop column permits; drop index worcr.finished_dead; drop table worcr.api_key; drop table worcr.secret; delete from worcr.schema_version where version > 1");
    }

    public Task RaiseSchemaAsync(IJobStore store) => ExecuteAsync("insert into worcr.schema_version (version, name) values (9999, 'newer')");

    public async ValueTask DisposeAsync()
    {
        foreach (var store in _opened) await store.DisposeAsync();
    }

    private Task ExecuteAsync(string sql) => server.ExecuteAsync(url[(url.LastIndexOf('/') + 1)..], sql);
}
