namespace Worcr.SiloHost.Commands.Bench.Stores;

/// <summary>SQLite files in a temporary folder.</summary>
public sealed class SqliteBenchStore : IBenchStore
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("worcr-bench-");
    private int _count;

    /// <inheritdoc />
    public string Name => "sqlite";

    /// <inheritdoc />
    public string Description => $"SQLite in {_folder.FullName}";

    /// <inheritdoc />
    public Task<BenchDatabase> CreateAsync(CancellationToken cancel)
    {
        var folder = _folder.CreateSubdirectory($"{++_count}");
        return Task.FromResult(new BenchDatabase($"sqlite://{folder.FullName}/worcr.db", () =>
        {
            folder.Delete(recursive: true);
            return Task.CompletedTask;
        }));
    }

    /// <inheritdoc />
    public ValueTask DisposeAsync()
    {
        _folder.Delete(recursive: true);
        return ValueTask.CompletedTask;
    }
}
