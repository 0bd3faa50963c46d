namespace Worcr.Grains;

/// <summary>Whether the lease was good, or a refusal.</summary>
public sealed record NoteReply(bool Accepted, Refusal? Refusal = null);
