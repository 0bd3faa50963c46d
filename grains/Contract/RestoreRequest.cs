namespace Worcr.Grains;

/// <summary>Asks to bring back the jobs that a blackhole discarded.</summary>
/// <param name="Name">The blackhole.</param>
public sealed record RestoreRequest(string Name);
