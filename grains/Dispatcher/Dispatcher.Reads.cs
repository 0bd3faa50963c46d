namespace Worcr.Grains;

/// <summary>
/// Reads. A read starts when everything done before it was asked for is committed, so its answer is never older than the question (but for
/// those that look "ahead" of the commits, whose askers know what these change). It may be older than what happened since: a "cold" read, whose
/// answer is used to change jobs that are not in memory, therefore has
/// every job that was touched since the question (<see cref="WasTouched"/>) passed over.
/// </summary>
public sealed partial class Dispatcher
{
    private readonly Queue<StoreRead> _reads = new();
    private readonly List<StoreRead> _waitingReads = [];
    private readonly SortedSet<long> _coldReads = [];
    private readonly Dictionary<long, long> _touched = [];
    private readonly Queue<(long Seq, long At)> _touches = new();
    private long _touchClock;
    private long _askedAt;

    /// <summary>Hands out a read that may start now.</summary>
    public bool TryTakeRead(out StoreRead read)
    {
        OrderRefills();
        for (var i = 0; i < _waitingReads.Count; i++)
        {
            if (_waitingReads[i].AfterFlush > _committed) continue;
            _reads.Enqueue(_waitingReads[i]);
            _waitingReads.RemoveAt(i--);
        }

        return _reads.TryDequeue(out read!);
    }

    /// <summary>The read is done: applies its answer.</summary>
    public void Finished(StoreRead read)
    {
        _askedAt = read.ColdAt;
        read.Apply();
        if (_coldReads.Remove(read.ColdAt)) ForgetTouches(_coldReads.Count > 0 ? _coldReads.Min : long.MaxValue);
    }

    private void Read<T>(Func<IJobStore, CancellationToken, Task<T>> run, Action<T> apply) =>
        Order(new StoreReadOf<T>(run, apply) { AfterFlush = Barrier });

    private void ReadCold<T>(Func<IJobStore, CancellationToken, Task<T>> run, Action<T> apply)
    {
        _coldReads.Add(++_touchClock);
        Order(new StoreReadOf<T>(run, apply) { AfterFlush = Barrier, ColdAt = _touchClock });
    }

    /// <summary>A cold read that waits for no flush: what is not durable when it is asked for, it may see or not.</summary>
    private void ReadAhead<T>(Func<IJobStore, CancellationToken, Task<T>> run, Action<T> apply, bool isSmall)
    {
        _coldReads.Add(++_touchClock);
        Order(new StoreReadOf<T>(run, apply) { ColdAt = _touchClock, IsSmall = isSmall });
    }

    private void Order(StoreRead read)
    {
        if (read.AfterFlush > _committed) _waitingReads.Add(read);
        else _reads.Enqueue(read);
    }

    private void Touch(long seq)
    {
        if (_coldReads.Count == 0) return;
        _touched[seq] = ++_touchClock;
        _touches.Enqueue((seq, _touchClock));
    }

    /// <summary>Whether the job was touched since the cold read whose answer is being applied was asked for.</summary>
    private bool WasTouched(long seq) => _touched.TryGetValue(seq, out var at) && at > _askedAt;

    private void ForgetTouches(long before)
    {
        while (_touches.TryPeek(out var oldest) && oldest.At < before)
        {
            _touches.Dequeue();
            if (_touched[oldest.Seq] == oldest.At) _touched.Remove(oldest.Seq);
        }
    }
}
