namespace Worcr.Protocol;

/// <summary>A worker token.</summary>
/// <param name="Token">What the worker sends as its key.</param>
/// <param name="ExpiresAt">When it ends. A connected worker is told shortly before (<c>Drain</c>) and cut off then.</param>
public sealed record TokenAnswer(string Token, DateTimeOffset ExpiresAt);
