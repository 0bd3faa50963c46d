namespace Worcr.Grains;

/// <summary>Changes a session.</summary>
/// <param name="Session">Which.</param>
/// <param name="Action">What.</param>
/// <param name="Slots">The new number of slots, for <see cref="SessionAction.Slots"/>.</param>
public sealed record SessionRequest(long Session, SessionAction Action, int Slots = 0);
