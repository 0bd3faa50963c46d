namespace Worcr.Grains;

/// <summary>Whether the session exists.</summary>
public sealed record SessionReply(bool Known);
