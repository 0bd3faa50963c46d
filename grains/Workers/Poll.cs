namespace Worcr.Grains.Workers;

/// <summary>A poll that waits for jobs.</summary>
/// <param name="answer">Answers it, once.</param>
/// <param name="cancel">Cancelled when the poller has gone.</param>
internal sealed class Poll(Action<LeaseReply> answer, CancellationToken cancel)
{
    /// <summary>See <see cref="LeaseRequest.Ahead"/>.</summary>
    public bool IsAhead { get; init; }

    public Action<LeaseReply> Answer { get; } = answer;

    public CancellationToken Cancel { get; } = cancel;
}
