namespace Worcr.SiloHost.Gateways.Push;

/// <summary>A job that an endpoint was given, until what became of it is said to the dispatcher.</summary>
internal sealed class PushDelivery : IDisposable
{
    private readonly CancellationTokenSource _ended = new();
    private volatile PushEnd _end;

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

    /// <summary>Why it is not waited for any more; the first reason counts.</summary>
    public PushEnd End => _end;

    /// <summary>It is not waited for any more.</summary>
    public void Abort(PushEnd why)
    {
        if (_end != PushEnd.None) return;
        _end = why;
        _ended.Cancel();
    }

    public void Dispose() => _ended.Dispose();
}
