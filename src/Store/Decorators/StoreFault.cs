namespace Worcr.Store.Decorators;

/// <summary>What goes wrong with one call. The parts happen in the order of the properties.</summary>
public sealed record StoreFault
{
    /// <summary>Nothing goes wrong.</summary>
    public static StoreFault None { get; } = new();

    /// <summary>The call waits for this before it reaches the store, or null.</summary>
    public Task? HoldBefore { get; init; }

    /// <summary>Thrown instead of calling the store: nothing is written. Or null.</summary>
    public Exception? FailBefore { get; init; }

    /// <summary>The answer waits for this after the store has done it, or null.</summary>
    public Task? HoldAfter { get; init; }

    /// <summary>Thrown after the store has done it: the caller cannot know. Or null.</summary>
    public Exception? FailAfter { get; init; }
}
