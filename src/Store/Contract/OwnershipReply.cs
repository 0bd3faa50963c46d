namespace Worcr.Store;

/// <summary>The answer to <see cref="AcquireOwnership"/>.</summary>
/// <param name="Ownership">The right, or null when somebody else has it.</param>
/// <param name="Owner">The silo that owns the namespace now.</param>
public sealed record OwnershipReply(Ownership? Ownership, string Owner);
