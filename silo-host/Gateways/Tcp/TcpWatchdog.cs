namespace Worcr.SiloHost.Gateways.Tcp;

/// <summary>
/// The one timer of a connection: calls out, once, when what it was set to did not happen in time. Most of what it waits for happens at once, so the timer
/// is left as it was set where that is early enough, and looks again when it rings.
/// </summary>
internal sealed class TcpWatchdog : IDisposable
{
    private readonly TimeProvider _time;
    private readonly Action<TcpCut> _bark;
    private readonly ITimer _timer;
    private readonly Lock _gate = new();
    private TcpCut _why;
    private TimeSpan _patience;
    private long _since;
    private bool _isSet;
    private long _setAt;
    private TimeSpan _ringsAfter;

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
            var left = _ringsAfter - _time.GetElapsedTime(_setAt);
            if (!_isSet || left > patience) SetTimer(patience);
        }
    }

    /// <summary>It happened.</summary>
    public void Clear()
    {
        lock (_gate) _why = TcpCut.None;
    }

    public void Dispose() => _timer.Dispose();

    private void Ring()
    {
        TcpCut why;
        lock (_gate)
        {
            _isSet = false;
            if (_why == TcpCut.None) return;
            var left = _patience - _time.GetElapsedTime(_since);
            if (left > TimeSpan.Zero)
            {
                SetTimer(left + TimeSpan.FromMilliseconds(1));
                return;
            }

            (why, _why) = (_why, TcpCut.None);
        }

        _bark(why);
    }

    private void SetTimer(TimeSpan after)
    {
        (_isSet, _setAt, _ringsAfter) = (true, _time.GetTimestamp(), after);
        _timer.Change(after, Timeout.InfiniteTimeSpan);
    }
}
