namespace Worcr.Core.Jobs;

/// <summary>A value of a job's arguments that a rule looks at.</summary>
/// <param name="Path">Names separated by dots, from the root of the arguments: <c>shop.id</c>.</param>
/// <param name="Value">The value: a string as it is, everything else as JSON; null: the arguments have no such value, or an object or array.</param>
public readonly record struct ArgValue(string Path, string? Value);
