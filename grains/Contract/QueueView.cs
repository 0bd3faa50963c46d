namespace Worcr.Grains;

/// <summary>One queue label.</summary>
/// <param name="Name">The label.</param>
/// <param name="State">What it does. It is paused when a pause holds all of its jobs, whatever else they are.</param>
/// <param name="Jobs">Its jobs.</param>
public sealed record QueueView(string Name, QueueState State, JobCounts Jobs);
