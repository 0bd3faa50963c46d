namespace Worcr.Store;

/// <summary>Somebody else owns the namespace: nothing was written.</summary>
public sealed class StoreFencedException(string message, Exception? inner = null) : Exception(message, inner);
