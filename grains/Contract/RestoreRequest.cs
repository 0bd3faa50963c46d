namespace Worcr.Grains;

/// <summary>Asks to bring back the jobs that a blackhole rule took and that are still kept.</summary>
/// <param name="Name">The rule's name; it need not exist any more.</param>
public sealed record RestoreRequest(string Name);
