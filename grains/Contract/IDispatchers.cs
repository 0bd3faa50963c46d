namespace Worcr.Grains;

/// <summary>Finds the dispatcher of a namespace, wherever it lives.</summary>
public interface IDispatchers
{
    /// <summary>The dispatcher of <paramref name="name"/> (a valid namespace name), started if need be. Throws <see cref="DispatcherUnavailableException"/> when it cannot be reached now.</summary>
    ValueTask<IDispatcher> FindAsync(string name, CancellationToken cancel);
}
