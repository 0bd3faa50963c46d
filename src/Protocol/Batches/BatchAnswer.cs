namespace Worcr.Protocol;

/// <summary>The batch that was made.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Duplicate">Whether it was there before; then <paramref name="Jobs"/> is empty and nothing was enqueued.</param>
/// <param name="Jobs">The jobs, in the order of the request.</param>
public sealed record BatchAnswer(Guid Id, bool Duplicate, IReadOnlyList<EnqueueAnswer> Jobs);
