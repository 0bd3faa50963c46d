namespace Worcr.Protocol;

/// <summary>Why a job is (not) running.</summary>
/// <param name="Id">Its id.</param>
/// <param name="State">Its state.</param>
/// <param name="Reasons">Every reason, the decisive one first.</param>
/// <param name="Position">About so many jobs of its lane go first.</param>
/// <param name="TenantPosition">About so many jobs of its tenant go first.</param>
/// <param name="EstimatedStartAt">When it will about start; absent: not to be said.</param>
/// <param name="Tenant">How its tenant stands.</param>
/// <param name="Lane">Its lane.</param>
public sealed record JobExplainDocument(
    Guid Id, string State, IReadOnlyList<ReasonDocument> Reasons, long? Position, long? TenantPosition, DateTimeOffset? EstimatedStartAt, TenantStanding? Tenant, LaneDocument? Lane);
