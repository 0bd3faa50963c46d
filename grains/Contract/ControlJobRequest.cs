namespace Worcr.Grains;

/// <summary>Asks to change one job.</summary>
public sealed record ControlJobRequest(Guid Id, ControlAction Action);
