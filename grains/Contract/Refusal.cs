namespace Worcr.Grains;

/// <summary>Why a request was not carried out; nothing of it took effect.</summary>
/// <param name="Kind">For programs.</param>
/// <param name="Detail">For people.</param>
/// <param name="Field">The part of the request that is at fault, such as <c>jobs[3].unique</c>, or null.</param>
/// <param name="RetryAfterMs">When to try again, in milliseconds; 0: not said.</param>
public sealed record Refusal(RefusalKind Kind, string Detail, string? Field = null, long RetryAfterMs = 0);
