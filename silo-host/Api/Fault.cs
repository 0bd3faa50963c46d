using Worcr.Protocol;

namespace Worcr.SiloHost.Api;

/// <summary>Why a request is answered with an error.</summary>
/// <param name="Code">Which kind.</param>
/// <param name="Detail">For people.</param>
/// <param name="Path">The field at fault, or null.</param>
/// <param name="RetryAfterMs">When to try again, in milliseconds; 0: not said.</param>
public sealed record Fault(ErrorCode Code, string Detail, string? Path = null, long RetryAfterMs = 0);
