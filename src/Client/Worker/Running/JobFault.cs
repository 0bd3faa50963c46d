namespace Worcr.Client.Running;

/// <summary>Why an attempt failed.</summary>
internal sealed record JobFault(string Code, string Message, TimeSpan? RetryAfter = null, bool Final = false);
