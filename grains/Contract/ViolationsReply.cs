namespace Worcr.Grains;

/// <summary>Violations of type policies.</summary>
/// <param name="Items">The newest first; of at most 1,000 that are kept.</param>
/// <param name="Counts">How many there were since the start, by type and kind; all of them.</param>
public sealed record ViolationsReply(IReadOnlyList<ViolationView> Items, IReadOnlyList<ViolationCount> Counts);
