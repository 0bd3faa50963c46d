namespace Worcr.Grains;

/// <summary>Asks to be told of events from now on.</summary>
/// <param name="Events">Patterns, see <see cref="EventNames.IsPattern"/>; none: all events.</param>
/// <param name="Type">Only what is about this type; null: all.</param>
/// <param name="Tenant">Only what is about this tenant; null: all.</param>
/// <param name="Queue">Only what is about this queue label; null: all.</param>
public sealed record EventsRequest(IReadOnlyList<string> Events, string? Type = null, string? Tenant = null, string? Queue = null);
