namespace Worcr.Grains;

/// <summary>The dispatcher cannot answer now (it restarts, moves, or its store is away). Whether the call took effect is not known.</summary>
public class DispatcherUnavailableException(string message, Exception? inner = null) : Exception(message, inner);
