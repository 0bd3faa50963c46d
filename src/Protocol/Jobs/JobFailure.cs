namespace Worcr.Protocol;

/// <summary>Why an attempt did not succeed.</summary>
/// <param name="Code">A short code of the worker's, or one of the server's (<c>timeout</c>, <c>lost</c>).</param>
/// <param name="Message">For people.</param>
public sealed record JobFailure(string Code, string Message);
