using Worcr.Testing.Model;

namespace Worcr.Conformance;

internal sealed class ModelHome : IStoreHome
{
    private readonly ModelDatabase _database = new();

    public bool IsShared => true;

    public Task<IJobStore> OpenAsync() => Task.FromResult<IJobStore>(new ModelJobStore(_database));

    public Task<IJobStore> CrashAsync(IJobStore store) => OpenAsync();

    public Task ToFirstSchemaAsync(IJobStore store)
    {
        _database.SchemaVersion = 1;
        return Task.CompletedTask;
    }

    public Task RaiseSchemaAsync(IJobStore store)
    {
        _database.SchemaVersion = 9999;
        return Task.CompletedTask;
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
