using System.Text;
using System.Text.Json.Serialization;

namespace Worcr.Protocol;

/// <summary>A JSON value that passes through unread: arguments, results, checkpoints. It holds valid UTF-8 JSON, by the word of whoever made it.</summary>
/// <param name="Utf8">The text; an empty one is written as <c>null</c>.</param>
[JsonConverter(typeof(RawJsonConverter))]
public readonly record struct RawJson(ReadOnlyMemory<byte> Utf8)
{
    /// <summary>From text.</summary>
    public static RawJson Parse(string json) => new(Encoding.UTF8.GetBytes(json));

    /// <summary>Whether both hold the same bytes.</summary>
    public bool Equals(RawJson other) => Utf8.Span.SequenceEqual(other.Utf8.Span);

    /// <inheritdoc />
    public override int GetHashCode()
    {
        var hash = new HashCode();
        hash.AddBytes(Utf8.Span);
        return hash.ToHashCode();
    }

    /// <inheritdoc />
    public override string ToString() => Encoding.UTF8.GetString(Utf8.Span);
}
