namespace Worcr.Protocol;

/// <summary>Jobs that wait at the end of a simulation.</summary>
/// <param name="Type">Their type.</param>
/// <param name="Tenant">Their tenant.</param>
/// <param name="Queue">Their queue.</param>
/// <param name="Jobs">How many.</param>
/// <param name="Reasons">Why, the decisive one first.</param>
public sealed record SimulatedWaiting(string Type, string Tenant, string Queue, long Jobs, IReadOnlyList<ReasonDocument> Reasons);
