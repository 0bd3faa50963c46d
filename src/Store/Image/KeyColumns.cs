namespace Worcr.Store.Image;

/// <summary>A key as both backends keep it; its namespaces are one text, because their names hold no commas.</summary>
internal sealed class KeyColumns(StoredKey key)
{
    private const char Separator = ',';

    public string Name { get; } = StoredText.Check(key.Name, "a key's name");

    public byte[] Hash { get; } = key.Hash;

    public string Prefix { get; } = StoredText.Check(key.Prefix, "a key's prefix");

    public string Role { get; } = StoredText.Check(key.Role, "a role");

    public string? Namespaces { get; } = key.Namespaces is null ? null : StoredText.Check(string.Join(Separator, key.Namespaces), "a namespace");

    public long CreatedAt { get; } = key.CreatedAt;

    public long ExpiresAt { get; } = key.ExpiresAt;

    /// <summary>The namespaces of a row.</summary>
    public static string[]? Split(string? namespaces) => namespaces?.Split(Separator, StringSplitOptions.RemoveEmptyEntries);
}
