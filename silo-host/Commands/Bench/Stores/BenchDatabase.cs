namespace Worcr.SiloHost.Commands.Bench.Stores;

/// <summary>A fresh database.</summary>
/// <param name="url">Its <c>DATABASE_URL</c>.</param>
/// <param name="drop">Removes it.</param>
public sealed class BenchDatabase(string url, Func<Task> drop) : IAsyncDisposable
{
    /// <summary>Its <c>DATABASE_URL</c>.</summary>
    public string Url { get; } = url;

    /// <inheritdoc />
    public async ValueTask DisposeAsync() => await drop();
}
