namespace Worcr.SiloHost.Gateways.Tcp;

/// <summary>The one timer of a connection: calls out, once, when what it was set to did not happen in time.</summary>
internal sealed class TcpWatchdog : IDisposable
{
    private readonly TimeProvider _time;
    private readonly Action<TcpCut> _bark;
    private readonly ITimer _timer;
    private readonly Lock _gate = new();
    private TcpCut _why;
    private TimeSpan _patience;
    private long _since;

    public TcpWatchdog(TimeProvider time, Action<TcpCut> bark)
    {
        (_time, _bark) = (time, bark);
        _timer = time.CreateTimer(_ => Ring(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Starts to wait, in place of what it waited for.</summary>
    public void Set(TimeSpan patience, TcpCut why)
    {
        lock (_gate)
        {
            (_why, _patience, _since) = (why, patience, _time.GetTimestamp());
            _timer.Change(patience, Timeout.InfiniteTimeSpan);
        }
    }

    /// <summary>It happened.</summary>
    public void Clear()
    {
        lock (_gate)
        {
            _why = TcpCut.None;
            _timer.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }
    }

    public void Dispose() => _timer.Dispose();

    private void Ring()
    {
        TcpCut why;
        lock (_gate)
        {
            if (_why == TcpCut.None) return;
            var left = _patience - _time.GetElapsedTime(_since);
            if (left > TimeSpan.Zero)
            {
                _timer.Change(left + TimeSpan.FromMilliseconds(1), Timeout.InfiniteTimeSpan); // an earlier ring that came late
                return;
            }

            (why, _why) = (_why, TcpCut.None);
        }

        _bark(why);
    }
}
