namespace Worcr.EndToEnd.Running;

/// <summary>How to start a silo.</summary>
internal sealed record SiloSpec
{
    public required string DatabaseUrl { get; init; }

    /// <summary>The address to bind. Default: the loopback.</summary>
    public string Host { get; init; } = "127.0.0.1";

    /// <summary>Null: a free one.</summary>
    public int? Port { get; init; }

    /// <summary>The key that the tests speak with, or null.</summary>
    public string? Key { get; init; }

    /// <summary>Where it runs; null: the folder for temporary files.</summary>
    public string? Folder { get; init; }

    /// <summary>A command that runs the silo's, as its own process: <c>sh -c '... exec "$@"' --</c>. Default: none.</summary>
    public IReadOnlyList<string> Through { get; init; } = [];

    /// <summary>Further variables.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();
}
