namespace Worcr.Protocol;

/// <summary>A page of batches, newest first.</summary>
/// <param name="Items">The batches.</param>
/// <param name="Next">The <c>cursor</c> of the next page; absent on the last one.</param>
public sealed record BatchPage(IReadOnlyList<BatchDocument> Items, string? Next = null);
