namespace Worcr.Protocol;

/// <summary>A lane: ready jobs that are treated alike.</summary>
/// <param name="Type">Their type.</param>
/// <param name="Tenant">Their tenant.</param>
/// <param name="Queue">Their queue label.</param>
/// <param name="Tags">Their tags.</param>
/// <param name="Weight">The effective weight of the first, rules for workers aside.</param>
/// <param name="Slo">Their objective.</param>
/// <param name="OrderKey">Their order key.</param>
/// <param name="Args">Values of their arguments that rules look at, by path.</param>
/// <param name="Ready">Ready jobs.</param>
/// <param name="Running">Running jobs.</param>
/// <param name="OldestReadyAt">Since when the first is ready.</param>
/// <param name="Limits">Limits they count against, and their keys.</param>
/// <param name="Reasons">Why none is started, the decisive one first; empty: one is next.</param>
public sealed record LaneDocument(
    string Type, string Tenant, string Queue, IReadOnlyList<string> Tags, double Weight, Duration? Slo, string? OrderKey, IReadOnlyDictionary<string, string?>? Args,
    long Ready, long Running, DateTimeOffset? OldestReadyAt, IReadOnlyDictionary<string, string>? Limits, IReadOnlyList<ReasonDocument> Reasons);
