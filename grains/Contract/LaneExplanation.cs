namespace Worcr.Grains;

/// <summary>A lane as it is now.</summary>
/// <param name="Shape">What its jobs have in common.</param>
/// <param name="Ready">Ready jobs.</param>
/// <param name="Running">Running jobs.</param>
/// <param name="OldestReadyAt">Since when its first job is ready, Unix milliseconds; 0: there is none, or it is not in memory.</param>
/// <param name="Weight">The weight of its first job, rules for workers aside.</param>
/// <param name="Limits">Limits it counts against, with their keys.</param>
/// <param name="Reasons">Why none of its jobs is started, the decisive one first; empty: one is next.</param>
public sealed record LaneExplanation(
    LaneShape Shape, long Ready, long Running, long OldestReadyAt, double Weight, IReadOnlyList<KeyValuePair<string, string>> Limits, IReadOnlyList<Reason> Reasons);
