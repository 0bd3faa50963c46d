namespace Worcr.SiloHost.Api.Enqueue;

/// <summary>What all requests share while they are parsed.</summary>
internal sealed class ParseCaches
{
    /// <summary>Names.</summary>
    public TextCache Texts { get; } = new();

    /// <summary>Lane shapes.</summary>
    public ShapeCache Shapes { get; } = new();
}
