namespace Worcr.Core.Rules;

/// <summary>Demands a value of a job's arguments.</summary>
/// <param name="Path">Names separated by dots, from the root of the arguments: <c>shop.id</c>.</param>
/// <param name="Value">The value, as <see cref="ArgPaths.Text(System.Text.Json.JsonElement)"/> writes it.</param>
public sealed record ArgMatch(string Path, string Value);
