namespace Worcr.Store;

/// <summary>A namespace and its owner.</summary>
/// <param name="NamespaceId">Its number.</param>
/// <param name="Name">Its name.</param>
/// <param name="Owner">The owning silo, or null.</param>
/// <param name="Epoch">The current epoch.</param>
/// <param name="LeaseUntil">When the ownership ends unless renewed, Unix milliseconds; 0: not owned.</param>
public sealed record NamespaceRecord(int NamespaceId, string Name, string? Owner, long Epoch, long LeaseUntil);
