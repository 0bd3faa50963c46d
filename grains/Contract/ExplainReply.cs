namespace Worcr.Grains;

/// <summary>Why, or a refusal.</summary>
/// <param name="Job">What holds for the job that was asked for, or null.</param>
/// <param name="Tenant">What holds for the tenant, or null.</param>
/// <param name="Lanes">The lanes: that of the job, those of the tenant, those that match.</param>
/// <param name="Refusal">Why there is no answer, or null.</param>
public sealed record ExplainReply(JobExplanation? Job, TenantExplanation? Tenant, IReadOnlyList<LaneExplanation> Lanes, Refusal? Refusal = null);
