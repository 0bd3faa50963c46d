namespace Worcr.Protocol;

/// <summary>How the children of a job stand.</summary>
/// <param name="Pending">Those that have not ended.</param>
/// <param name="Succeeded">Those that have succeeded.</param>
/// <param name="Failed">Those that have ended otherwise.</param>
public sealed record ChildrenDocument(long Pending, long Succeeded, long Failed);
