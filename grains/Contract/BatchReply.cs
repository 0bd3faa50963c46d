namespace Worcr.Grains;

/// <summary>The batches asked for.</summary>
/// <param name="Batches">As they are now.</param>
/// <param name="Refusal">Why nothing was changed, or null.</param>
public sealed record BatchReply(IReadOnlyList<BatchView> Batches, Refusal? Refusal = null)
{
    /// <summary>The jobs of a batch that was made, in the order of the request; empty when it was there before.</summary>
    public IReadOnlyList<EnqueuedJob> Jobs { get; init; } = [];

    /// <summary>Where the page ends; null: no more follow.</summary>
    public BatchPosition? Next { get; init; }

    /// <summary>Whether it was made now.</summary>
    public bool Created { get; init; }
}
