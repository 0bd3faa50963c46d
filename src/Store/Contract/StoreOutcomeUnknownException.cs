namespace Worcr.Store;

/// <summary>The connection broke while a transaction was committing: it may have been written or not.</summary>
public sealed class StoreOutcomeUnknownException(string message, Exception? inner = null) : Exception(message, inner);
