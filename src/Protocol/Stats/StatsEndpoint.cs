namespace Worcr.Protocol;

/// <summary>An endpoint in the figures of its namespace.</summary>
/// <param name="Name">Its name.</param>
/// <param name="State"><c>open</c>, <c>resting</c>, <c>trying</c> or <c>paused</c>.</param>
/// <param name="Slots">How many jobs it runs at once.</param>
/// <param name="InFlight">Jobs that it has now.</param>
/// <param name="Delivered">Requests that were answered with success.</param>
/// <param name="Failed">Requests that failed.</param>
/// <param name="Rests">How often it was sent nothing for a while.</param>
public sealed record StatsEndpoint(string Name, string State, int Slots, int InFlight, long Delivered, long Failed, long Rests);
