namespace Worcr.Grains;

/// <summary>
/// Reads. A read starts when everything done before it was asked for is committed, so its answer is never older than the question. It
/// may be older than what happened since: a "cold" read, whose answer is used to change jobs that are not in memory, therefore has
/// every job that was touched since the question (<see cref="WasTouched"/>) passed over.
/// </summary>
public sealed partial class Dispatcher
{
    private readonly Queue<StoreRead> _reads = new();
    private readonly List<StoreRead> _waitingReads = [];
    private readonly HashSet<long> _touched = [];
    private int _coldReads;

    /// <summary>Hands out a read that may start now.</summary>
    public bool TryTakeRead(out StoreRead read)
    {
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
        read.Apply();
        if (!read.IsCold || --_coldReads > 0) return;
        _touched.Clear();
    }

    private void Read<T>(Func<IJobStore, CancellationToken, Task<T>> run, Action<T> apply) =>
        Order(new StoreReadOf<T>(run, apply) { AfterFlush = Barrier });

    private void ReadCold<T>(Func<IJobStore, CancellationToken, Task<T>> run, Action<T> apply)
    {
        _coldReads++;
        Order(new StoreReadOf<T>(run, apply) { AfterFlush = Barrier, IsCold = true });
    }

    private void Order(StoreRead read)
    {
        if (read.AfterFlush > _committed) _waitingReads.Add(read);
        else _reads.Enqueue(read);
    }

    private void Touch(long seq)
    {
        if (_coldReads > 0) _touched.Add(seq);
    }

    private bool WasTouched(long seq) => _touched.Contains(seq);
}
