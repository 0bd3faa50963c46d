namespace Worcr.Protocol.Worker;

/// <summary>The answer of a note about a running job.</summary>
/// <param name="Result"><c>ok</c> or <c>stale</c>.</param>
/// <param name="Interrupt">True: the job is wanted back.</param>
public sealed record NoteAnswer(string Result, bool? Interrupt = null);
