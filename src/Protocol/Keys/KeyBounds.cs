namespace Worcr.Protocol;

/// <summary>Bounds of keys and tokens.</summary>
public static class KeyBounds
{
    /// <summary>Keys of one installation.</summary>
    public const int Keys = 10_000;

    /// <summary>Namespaces of one key.</summary>
    public const int Namespaces = 100;

    /// <summary>The shortest life of a key, in milliseconds.</summary>
    public const long MinKeyMs = 60_000;

    /// <summary>Types of one token.</summary>
    public const int Types = 50;

    /// <summary>Tags of one token.</summary>
    public const int Tags = 20;

    /// <summary>Characters of one token: it has to fit into an address.</summary>
    public const int TokenLength = 4_096;

    /// <summary>The slots of a token that says none.</summary>
    public const int DefaultSlots = 10;

    /// <summary>The shortest life of a token, in milliseconds.</summary>
    public const long MinTtlMs = 10_000;

    /// <summary>The longest life of a token, in milliseconds.</summary>
    public const long MaxTtlMs = 24 * 3_600_000;

    /// <summary>The life of a token that says none, in milliseconds.</summary>
    public const long DefaultTtlMs = 600_000;

    /// <summary>What the server says with <c>Drain</c> when a worker's token is about to end: come back with another one.</summary>
    public const string TokenExpires = "the token expires";
}
