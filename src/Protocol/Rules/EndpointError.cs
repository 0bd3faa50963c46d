namespace Worcr.Protocol;

/// <summary>Why a request to an endpoint failed.</summary>
/// <param name="Code">The HTTP status, or <c>timeout</c>, <c>unreachable</c>, <c>refused_address</c>, <c>bad_answer</c>.</param>
/// <param name="Message">For people.</param>
/// <param name="At">When.</param>
public sealed record EndpointError(string Code, string Message, DateTimeOffset At);
