namespace Worcr.Conformance;

public sealed class SqliteJobStoreTests : JobStoreConformance
{
    protected override Task<IStoreHome> HomeAsync() => Task.FromResult<IStoreHome>(new SqliteHome());
}
