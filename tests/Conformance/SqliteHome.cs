using Microsoft.Data.Sqlite;

namespace Worcr.Conformance;

internal sealed class SqliteHome : IStoreHome
{
    private readonly string _root = Directory.CreateTempSubdirectory("worcr-sqlite-").FullName;
    private readonly List<IJobStore> _opened = [];
    private string _folder = "";
    private int _lives;

    public bool IsShared => false;

    private string File => Path.Combine(_folder, "jobs.db");

    public Task<IJobStore> OpenAsync()
    {
        if (_folder.Length == 0) _folder = NextFolder();
        return Task.FromResult(Open());
    }

    // The files as they are at this moment, in another place: just what the disk holds after kill -9.
    public Task<IJobStore> CrashAsync(IJobStore store)
    {
        var next = NextFolder();
        foreach (var file in Directory.GetFiles(_folder).Where(f => !f.EndsWith(".lock", StringComparison.Ordinal) && !f.EndsWith("-shm", StringComparison.Ordinal)))
            System.IO.File.Copy(file, Path.Combine(next, Path.GetFileName(file)));
        _folder = next;
        return Task.FromResult(Open());
    }

    public Task ToFirstSchemaAsync(IJobStore store) => ExecuteAsync(
        store, "alter table lane drop column args; alter table journal drop column permits; drop table api_key; drop table secret; delete from schema_version where version > 1");

    public Task RaiseSchemaAsync(IJobStore store) => ExecuteAsync(store, "insert into schema_version (version, name) values (9999, 'newer')");

    public async ValueTask DisposeAsync()
    {
        foreach (var store in _opened) await store.DisposeAsync();
        Directory.Delete(_root, recursive: true);
    }

    private async Task ExecuteAsync(IJobStore store, string sql)
    {
        await store.DisposeAsync();
        await using var connection = new SqliteConnection($"Data Source={File};Pooling=false");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync();
    }

    private IJobStore Open()
    {
        var store = JobStoreFactory.Open($"sqlite://{File}");
        _opened.Add(store);
        return store;
    }

    private string NextFolder() => Directory.CreateDirectory(Path.Combine(_root, $"{++_lives}")).FullName;
}
