namespace Worcr.Grains;

/// <summary>An endpoint in the figures of its namespace.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Slots">How many jobs it runs at once.</param>
/// <param name="Figures">How it stands; a paused one is <see cref="EndpointState.Paused"/>.</param>
public sealed record EndpointView(string Name, int Slots, EndpointFigures Figures);
