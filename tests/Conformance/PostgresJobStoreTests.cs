namespace Worcr.Conformance;

public sealed class PostgresJobStoreTests(SharedPostgres postgres) : JobStoreConformance
{
    protected override async Task<IStoreHome> HomeAsync() => new PostgresHome(await postgres.ServerAsync(), await postgres.NewDatabaseAsync());
}
