namespace Worcr.Store;

/// <summary>The answer to <see cref="Resolve"/>: only what is taken; keys whose time is over are left out.</summary>
public sealed record ResolveReply(IReadOnlyList<KnownId> Ids, IReadOnlyList<KnownLock> Locks);
