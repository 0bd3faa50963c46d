namespace Worcr.EndToEnd.Running;

/// <summary>What to start.</summary>
internal sealed record ChildSpec
{
    /// <summary>What messages call it.</summary>
    public required string Name { get; init; }

    public required string Program { get; init; }

    public IReadOnlyList<string> Arguments { get; init; } = [];

    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>Told of every line as it comes.</summary>
    public Action<string>? Heard { get; init; }

    /// <summary>Where it runs; null: the folder for temporary files.</summary>
    public string? Folder { get; init; }
}
