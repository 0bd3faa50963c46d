namespace Worcr.Grains;

/// <summary>A job for a worker.</summary>
/// <param name="Id">The job's id.</param>
/// <param name="Lease">The right to run it.</param>
/// <param name="Shape">Type, tenant, queue, tags.</param>
/// <param name="Args">UTF-8 JSON.</param>
/// <param name="Attempt">1 for the first.</param>
/// <param name="TimeoutMs">How long the attempt may take, in milliseconds from now.</param>
/// <param name="Checkpoints">UTF-8 JSON object of what earlier attempts saved, or null.</param>
/// <param name="Meta">UTF-8 JSON object, or null.</param>
public sealed record LeasedJob(
    Guid Id, LeaseToken Lease, LaneShape Shape, byte[] Args, int Attempt, long TimeoutMs, byte[]? Checkpoints, byte[]? Meta)
{
    /// <summary>How its children stand, or null: it has none.</summary>
    public ChildCounts? Children { get; init; }
}
