namespace Worcr.Grains;

/// <summary>The answer to <see cref="EnqueueRequest"/>, in its order.</summary>
public sealed record EnqueueReply(IReadOnlyList<EnqueuedJob> Jobs, Refusal? Refusal = null);
