namespace Worcr.Protocol;

/// <summary>Objectives from enqueue to start.</summary>
/// <param name="Jobs">Jobs with an objective that has been met or missed.</param>
/// <param name="Met">Those that met it.</param>
/// <param name="Attainment">The share, from 0 to 1; 1 where no job has one.</param>
public sealed record SimulatedSlo(int Jobs, int Met, double Attainment);
