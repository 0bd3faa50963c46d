namespace Worcr.Grains;

/// <summary>A read that the dispatcher wants done. Its answer is applied on the dispatcher's thread.</summary>
public abstract class StoreRead
{
    /// <summary>It starts when this flush is committed; 0: at once.</summary>
    internal long AfterFlush { get; init; }

    /// <summary>When it was asked for, if its answer names jobs that are then changed (see <c>Dispatcher.Reads.cs</c>); 0: they are not.</summary>
    internal long ColdAt { get; init; }

    /// <summary>It takes no longer than changing the thread: the dispatcher's own may start it.</summary>
    public bool IsSmall { get; init; }

    /// <summary>Does the read, on any thread.</summary>
    public abstract Task RunAsync(IJobStore store, CancellationToken cancel);

    /// <summary>Applies the answer, on the dispatcher's thread.</summary>
    internal abstract void Apply();
}
