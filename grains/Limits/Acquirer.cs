using Worcr.Core.Time;
using Worcr.Grains.Jobs;

namespace Worcr.Grains.Limits;

/// <summary>A worker that waits for permits of a limit while it runs a job. Its timer ends the wait.</summary>
internal sealed class Acquirer(Envelope envelope, JobGrain grain, Bucket bucket, int count) : Timed
{
    public Envelope Envelope { get; } = envelope;

    public JobGrain Grain { get; } = grain;

    /// <summary>The attempt that asked: it may be over meanwhile.</summary>
    public int Attempt { get; } = grain.Attempt;

    public Bucket Bucket { get; } = bucket;

    public int Count { get; } = count;
}
