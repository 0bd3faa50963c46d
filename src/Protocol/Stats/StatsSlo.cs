namespace Worcr.Protocol;

/// <summary>How jobs with an objective (<c>slo</c>) start.</summary>
/// <param name="Types">Per type.</param>
/// <param name="Tenants">Per tenant.</param>
public sealed record StatsSlo(IReadOnlyDictionary<string, SloDocument> Types, IReadOnlyDictionary<string, SloDocument> Tenants);
