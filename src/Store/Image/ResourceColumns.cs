namespace Worcr.Store.Image;

/// <summary><see cref="Flush.Resources"/>, column by column and ordered by name, each resource once.</summary>
internal sealed class ResourceColumns
{
    public ResourceColumns(IReadOnlyList<ResourceChange> changes)
    {
        var last = Last.Of(changes, c => (c.Kind, c.Name)).OrderBy(c => c.Kind, StringComparer.Ordinal).ThenBy(c => c.Name, StringComparer.Ordinal).ToArray();
        Kinds = Array.ConvertAll(last, c => StoredText.Check(c.Kind, "a resource's kind"));
        Names = Array.ConvertAll(last, c => StoredText.Check(c.Name, "a resource's name"));
        Bodies = Array.ConvertAll(last, c => c.Body);
    }

    public string[] Kinds { get; }
    public string[] Names { get; }
    public byte[]?[] Bodies { get; }
}
