namespace Worcr.Store;

/// <summary>The right to write a namespace.</summary>
/// <param name="NamespaceId">The namespace's number, 1 to 2^18-1: the high bits of its sequence numbers and lane ids.</param>
/// <param name="Name">The namespace's name.</param>
/// <param name="Silo">The owner.</param>
/// <param name="Epoch">Grows with each change of owner; every flush asserts it.</param>
public sealed record Ownership(int NamespaceId, string Name, string Silo, long Epoch)
{
    /// <summary>How many low bits of a sequence number or lane id count within the namespace.</summary>
    public const int LocalBits = 44;

    /// <summary>The lowest sequence number or lane id of the namespace.</summary>
    public long FirstId => (long)NamespaceId << LocalBits;

    /// <summary>One above the highest sequence number or lane id of the namespace.</summary>
    public long EndId => (long)(NamespaceId + 1) << LocalBits;
}
