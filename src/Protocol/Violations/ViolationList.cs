namespace Worcr.Protocol;

/// <summary>Violations of type policies.</summary>
/// <param name="Items">The newest first; the last 1,000 are kept, in memory.</param>
/// <param name="Types">How many there were of each type since the dispatcher started.</param>
public sealed record ViolationList(IReadOnlyList<ViolationDocument> Items, IReadOnlyDictionary<string, long> Types);
