namespace Worcr.SiloHost.Gateways.Push;

/// <summary>A job that an endpoint was given, until what became of it is said to the dispatcher.</summary>
internal sealed class PushDelivery : IDisposable
{
    private readonly CancellationTokenSource _ended = new();
    private int _yields;

    public PushDelivery(LeasedJob job, long now)
    {
        (Job, BeganAt) = (job, now);
        Ended = _ended.Token;
    }

    public LeasedJob Job { get; }

    /// <summary>When it was given, Unix milliseconds.</summary>
    public long BeganAt { get; }

    /// <summary>Until when its lease can be good, Unix milliseconds.</summary>
    public long LeasedUntil => BeganAt + Job.TimeoutMs;

    /// <summary>Nobody waits for the answer any more.</summary>
    public CancellationToken Ended { get; }

    /// <summary>Whether the job is given back when the request is aborted; else its lease is gone already.</summary>
    public bool Yields => Volatile.Read(ref _yields) == 1;

    /// <summary>The lease is gone.</summary>
    public void Cancel() => _ended.Cancel();

    /// <summary>The job has to be given back.</summary>
    public void Yield()
    {
        Volatile.Write(ref _yields, 1);
        _ended.Cancel();
    }

    public void Dispose() => _ended.Dispose();
}
