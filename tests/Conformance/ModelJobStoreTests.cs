namespace Worcr.Conformance;

public sealed class ModelJobStoreTests : JobStoreConformance
{
    protected override Task<IStoreHome> HomeAsync() => Task.FromResult<IStoreHome>(new ModelHome());
}
