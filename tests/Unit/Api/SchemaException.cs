namespace Worcr.Unit.Api;

/// <summary>A value does not fit its schema.</summary>
public sealed class SchemaException(string message) : Exception(message);
