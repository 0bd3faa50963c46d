namespace Worcr.Protocol.Worker;

/// <summary>The answer of <c>POST /v1/worker/acquire</c>.</summary>
/// <param name="Result"><c>ok</c> or <c>stale</c>.</param>
/// <param name="Granted">Whether the permits were had in time.</param>
public sealed record AcquireAnswer(string Result, bool Granted);
