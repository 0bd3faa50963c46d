using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;

namespace Worcr.Client.Running;

/// <summary>
/// Runs jobs in arrival order, at most so many at once. A slot is a loop that lives while there is work: a handler that completes
/// synchronously costs no task and no hop. Loops are started one by one, each asking for the next one while jobs wait, so
/// that a handler that blocks its thread never holds up the jobs behind it.
/// </summary>
internal sealed class SlotPool(int slots, Func<JobContext, ValueTask> run, Action ranDry) : IThreadPoolWorkItem
{
    private readonly ConcurrentQueue<JobContext> _queue = new();
    private int _slots = slots;
    private int _busy;
    private int _requested;

    /// <summary>Slots that are taken.</summary>
    public int Busy => Volatile.Read(ref _busy);

    /// <summary>Jobs that wait for a slot.</summary>
    public int Waiting => _queue.Count;

    /// <summary>How many jobs run at once.</summary>
    public int Slots
    {
        get => Volatile.Read(ref _slots);
        set
        {
            Volatile.Write(ref _slots, value);
            Request();
        }
    }

    /// <summary>Adds jobs.</summary>
    public void Add(List<JobContext> jobs)
    {
        foreach (var job in jobs) _queue.Enqueue(job);
        Request();
    }

    /// <summary>Runs a slot's loop.</summary>
    [SuppressMessage("Reliability", "CA2012", Justification = "The task is awaited, only not here.")]
    void IThreadPoolWorkItem.Execute()
    {
        Volatile.Write(ref _requested, 0);
        if (TryTake()) _ = LoopAsync();
    }

    private async Task LoopAsync()
    {
        var first = true;
        while (Busy <= Slots && _queue.TryDequeue(out var job))
        {
            if (first) Request();
            first = false;
            var running = run(job);
            if (running.IsCompletedSuccessfully) continue;
            ranDry();
            Request();
            await running.ConfigureAwait(false);
        }

        Interlocked.Decrement(ref _busy);
        ranDry();
        Request(); // a job may have come between the last look and the slot's end
    }

    private void Request()
    {
        if (_queue.IsEmpty || Busy >= Slots || Interlocked.Exchange(ref _requested, 1) == 1) return;
        ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
    }

    private bool TryTake()
    {
        var busy = Busy;
        while (busy < Slots)
        {
            var seen = Interlocked.CompareExchange(ref _busy, busy + 1, busy);
            if (seen == busy) return true;
            busy = seen;
        }

        return false;
    }
}
