namespace Worcr.Grains;

/// <summary>Whether the session exists.</summary>
/// <param name="Known">Whether it exists.</param>
/// <param name="Held">How many leases count against its slots.</param>
public sealed record SessionReply(bool Known, int Held = 0);
