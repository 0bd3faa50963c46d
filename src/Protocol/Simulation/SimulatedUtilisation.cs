namespace Worcr.Protocol;

/// <summary>The part of their slots' time that workers ran jobs, from 0 to 1.</summary>
/// <param name="All">Of all workers.</param>
/// <param name="Workers">Of each kind, in the order of the request.</param>
public sealed record SimulatedUtilisation(double All, IReadOnlyList<double> Workers);
