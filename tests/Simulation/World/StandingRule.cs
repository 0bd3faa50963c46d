using Worcr.Core.Rules;

namespace Worcr.Simulation.World;

/// <summary>A rule that is stored.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Body">What it says.</param>
/// <param name="Version">The flush that wrote it last: what is decided in a later one knows of it.</param>
internal sealed record StandingRule(string Name, Resource Body, (long Epoch, long Number) Version);
