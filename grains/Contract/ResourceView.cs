using Worcr.Core.Rules;

namespace Worcr.Grains;

/// <summary>A resource as it is now.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Body">What was put.</param>
/// <param name="Figures">What it does now.</param>
public sealed record ResourceView(string Name, Resource Body, ResourceFigures Figures);
