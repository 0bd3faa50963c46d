namespace Worcr.Grains;

/// <summary>Asks for one job.</summary>
public sealed record GetJobRequest(Guid Id);
