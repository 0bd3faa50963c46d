namespace Worcr.Grains;

/// <summary>The silo has as many namespaces as it takes: no new one was made, nothing happened.</summary>
public sealed class NamespaceLimitException(int most) : DispatcherUnavailableException($"This silo has {most} namespaces, and takes no more.");
