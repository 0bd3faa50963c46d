namespace Worcr.Store;

/// <summary>The store could not do it now and nothing was written: the same call may be tried again.</summary>
public sealed class StoreTransientException(string message, Exception? inner = null) : Exception(message, inner);
