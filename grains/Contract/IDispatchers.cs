namespace Worcr.Grains;

/// <summary>Finds the dispatcher of a namespace, wherever it lives.</summary>
public interface IDispatchers
{
    /// <summary>
    /// The dispatcher of <paramref name="name"/> (a valid namespace name), started if need be; the namespace is made when it is not there. Throws
    /// <see cref="DispatcherUnavailableException"/> when it cannot be reached now, <see cref="NamespaceLimitException"/> when there are too many.
    /// </summary>
    ValueTask<IDispatcher> FindAsync(string name, CancellationToken cancel);

    /// <summary>As <see cref="FindAsync"/>, but null when there is no such namespace: what only looks makes none.</summary>
    ValueTask<IDispatcher?> FindExistingAsync(string name, CancellationToken cancel);
}
