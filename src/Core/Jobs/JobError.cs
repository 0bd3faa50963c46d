namespace Worcr.Core.Jobs;

/// <summary>Why an attempt did not succeed.</summary>
/// <param name="Code">A short code of the worker's, or one of ours (<c>timeout</c>, <c>lost</c>). At most 255 characters.</param>
/// <param name="Message">For people. At most 8,192 characters; longer ones are cut.</param>
/// <param name="RetryAfterMs">The worker's wish for the delay, in milliseconds; 0: none.</param>
/// <param name="Final">No further attempt makes sense.</param>
public sealed record JobError(string Code, string Message, long RetryAfterMs = 0, bool Final = false);
