namespace Worcr.Grains;

/// <summary>Jobs to enqueue, all or none. The dispatcher owns the objects from here on.</summary>
/// <param name="Jobs">Validated jobs, 1 to 10,000: producer fields set (<see cref="Job.Id"/> and <see cref="Job.HasClientId"/> only when the producer gave an id; <see cref="Job.DueAt"/> as asked for, 0 = now; <see cref="Job.ExpiresAt"/> absolute).</param>
public sealed record EnqueueRequest(IReadOnlyList<Job> Jobs);
