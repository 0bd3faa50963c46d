namespace Worcr.Grains.Jobs;

/// <summary>Jobs whose ids or unique keys have to be looked up before they are accepted.</summary>
/// <param name="Jobs">The jobs, all or none.</param>
/// <param name="Caller">Who waits for it, or null for jobs of the dispatcher's own.</param>
/// <param name="Accepted">Called in the turn that accepts (or refuses) them.</param>
internal sealed record Claimant(IReadOnlyList<Job> Jobs, Envelope? Caller, Action<EnqueueReply> Accepted);
