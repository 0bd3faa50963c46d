namespace Worcr.Grains.Simulation;

/// <summary>What the book knows of a job.</summary>
/// <param name="Kind">Which of the plan's jobs.</param>
/// <param name="CameAt">When it came, Unix milliseconds.</param>
/// <param name="Waits">Whether it waits for its first start.</param>
/// <param name="HasStarted">Whether it has started, or ended without.</param>
internal readonly record struct SimulatedJob(int Kind, long CameAt, bool Waits, bool HasStarted = false);
