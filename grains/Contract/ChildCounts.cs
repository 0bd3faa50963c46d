namespace Worcr.Grains;

/// <summary>How the children of a job stand.</summary>
/// <param name="Pending">Those that have not ended.</param>
/// <param name="Succeeded">Those that have succeeded.</param>
/// <param name="Failed">Those that have ended otherwise.</param>
public readonly record struct ChildCounts(long Pending, long Succeeded, long Failed);
