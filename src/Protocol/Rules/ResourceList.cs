namespace Worcr.Protocol;

/// <summary>All resources of a kind, by name.</summary>
/// <typeparam name="T">The document of one.</typeparam>
/// <param name="Items">The resources.</param>
public sealed record ResourceList<T>(IReadOnlyList<T> Items);
