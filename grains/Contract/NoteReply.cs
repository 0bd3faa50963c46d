namespace Worcr.Grains;

/// <summary>Whether the lease was good, or a refusal.</summary>
/// <param name="Accepted">Whether the lease was good.</param>
/// <param name="Refusal">Why the note was not taken though the lease was good.</param>
/// <param name="Interrupted">The worker is asked to checkpoint and yield; one that polls hears it only here.</param>
public sealed record NoteReply(bool Accepted, Refusal? Refusal = null, bool Interrupted = false);
