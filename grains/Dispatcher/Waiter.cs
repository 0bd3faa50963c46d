using Worcr.Core.Time;

namespace Worcr.Grains;

/// <summary>Somebody who waits for a job to finish. Its timer ends the wait.</summary>
internal sealed class Waiter(Envelope envelope, Guid id) : Timed
{
    public Envelope Envelope { get; } = envelope;

    public Guid Id { get; } = id;
}
