namespace Worcr.SiloHost.Api.Enqueue;

/// <summary>A name that was seen: its UTF-8 bytes, its string, its hash.</summary>
internal sealed class TextEntry(byte[] utf8, string text, uint hash)
{
    /// <summary>As it came.</summary>
    public byte[] Utf8 { get; } = utf8;

    /// <summary>As the dispatcher knows it.</summary>
    public string Text { get; } = text;

    /// <summary>Hash of <see cref="Utf8"/>.</summary>
    public uint Hash { get; } = hash;
}
