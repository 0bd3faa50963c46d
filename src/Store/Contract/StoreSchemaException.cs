namespace Worcr.Store;

/// <summary>The schema of the database does not fit this build.</summary>
public sealed class StoreSchemaException(string message, Exception? inner = null) : Exception(message, inner);
