namespace Worcr.SiloHost.Commands.Bench.Stores;

/// <summary>A kind of store that makes fresh databases.</summary>
public interface IBenchStore : IAsyncDisposable
{
    /// <summary>Its name in the results.</summary>
    string Name { get; }

    /// <summary>What it is exactly, such as its version and settings.</summary>
    string Description { get; }

    /// <summary>Makes a fresh, empty database.</summary>
    Task<BenchDatabase> CreateAsync(CancellationToken cancel);
}
