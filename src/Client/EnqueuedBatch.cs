namespace Worcr.Client;

/// <summary>A batch that the server has taken and stored with all its jobs.</summary>
/// <param name="Id">Its id.</param>
/// <param name="IsDuplicate">Whether it was there before; a request whose answer was lost and that was made again shows so, too.</param>
/// <param name="Jobs">The jobs in their order; empty when it was there before.</param>
public sealed record EnqueuedBatch(Guid Id, bool IsDuplicate, IReadOnlyList<EnqueuedJob> Jobs);
