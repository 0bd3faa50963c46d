namespace Worcr.Store;

/// <summary>A named piece of configuration of a namespace, put or deleted.</summary>
/// <param name="Kind">Such as <c>tenant</c>.</param>
/// <param name="Name">Unique within its kind.</param>
/// <param name="Body">UTF-8 JSON; null deletes it.</param>
public sealed record ResourceChange(string Kind, string Name, byte[]? Body);
