namespace Worcr.Grains;

/// <summary>The resources asked for, by name.</summary>
/// <param name="Items">Names, bodies, figures.</param>
/// <param name="Created">Whether a put made a new one.</param>
/// <param name="Refusal">Why nothing was changed, or null.</param>
public sealed record ResourceReply(IReadOnlyList<ResourceView> Items, bool Created = false, Refusal? Refusal = null);
