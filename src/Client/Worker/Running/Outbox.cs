using System.Diagnostics.CodeAnalysis;
using Worcr.Client.Hub;
using Worcr.Protocol.Worker;

namespace Worcr.Client.Running;

/// <summary>
/// Finished jobs on their way to the server. Everything that has gathered goes in one call; a few calls are under way at once. A
/// report leaves the book only when the server has acknowledged it, so a broken connection loses none: when the next one has
/// registered, all that are still in the book are sent again.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "The timer ends with the link.")]
internal sealed class Outbox(JobBook book, Action forgotten, WorkerLog log, TimeProvider time) : IThreadPoolWorkItem
{
    private const int SendAt = 128;
    private const int MostUnderWay = 8;
    private static readonly TimeSpan Breather = TimeSpan.FromMilliseconds(100);

    private readonly Lock _gate = new();
    private readonly Queue<JobContext> _waiting = new();
    private readonly Queue<JobContext> _alone = new(); // their call was refused: each has to stand for itself
    private WorkerLink? _link;
    private int _underWay;
    private int _requested;

    /// <summary>Adds a finished job; it is sent with the next <see cref="Flush"/>, or when many have gathered.</summary>
    public void Add(JobContext job)
    {
        int count;
        lock (_gate)
        {
            if (_link is null || job.IsInOutbox) return; // the book has it: Open collects it
            job.IsInOutbox = true;
            _waiting.Enqueue(job);
            count = _waiting.Count;
        }

        if (count >= SendAt) Flush();
    }

    /// <summary>Sends what has gathered.</summary>
    public void Flush()
    {
        if (!HasWork() || Interlocked.Exchange(ref _requested, 1) == 1) return;
        ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
    }

    /// <summary>A link has registered: everything finished and not acknowledged goes out on it.</summary>
    public void Open(WorkerLink link)
    {
        lock (_gate)
        {
            _link = link;
            _underWay = 0;
            Clear();
            foreach (var job in book.Snapshot())
            {
                if (job.Phase != JobPhase.Finished) continue;
                job.IsInOutbox = true;
                _waiting.Enqueue(job);
            }
        }

        Flush();
    }

    /// <summary>The link is over.</summary>
    public void Close()
    {
        lock (_gate)
        {
            _link = null;
            Clear();
        }
    }

    void IThreadPoolWorkItem.Execute()
    {
        Volatile.Write(ref _requested, 0);
        while (Take() is var (link, batch)) _ = SendAsync(link, batch);
    }

    private bool HasWork()
    {
        lock (_gate) return _link is not null && _underWay < MostUnderWay && _waiting.Count + _alone.Count > 0;
    }

    private (WorkerLink Link, ReportBatch Batch)? Take()
    {
        lock (_gate)
        {
            if (_link is null || _underWay >= MostUnderWay) return null;
            var batch = ReportBatch.Take(_alone, 1) ?? ReportBatch.Take(_waiting, WorkerBounds.Reports);
            if (batch is null) return null;
            _underWay++;
            return (_link, batch);
        }
    }

    private async Task SendAsync(WorkerLink link, ReportBatch batch)
    {
        try
        {
            var answer = await link.ReportAsync(batch).ConfigureAwait(false);
            if (answer.Accepted.Count != batch.Jobs.Count) throw new WorcrException(0, "protocol", "The server answered another number of reports.");
            Forget(batch.Jobs);
        }
        catch (WorcrException e) when (e.IsRefusal)
        {
            await RefusedAsync(link, batch, e).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            log.ReportsUnsent(batch.Jobs.Count, e);
            link.Break(); // nothing is lost: the book keeps them for the next link
        }

        lock (_gate)
        {
            if (_link == link) _underWay--;
        }

        Flush();
    }

    private async Task RefusedAsync(WorkerLink link, ReportBatch batch, WorcrException why)
    {
        if (why.Code is "unavailable" or "overloaded" or "draining" or "internal")
        {
            await Task.Delay(Breather, time).ConfigureAwait(false);
            Again(link, batch, _waiting);
        }
        else if (batch.Jobs.Count > 1)
        {
            Again(link, batch, _alone);
        }
        else if (batch.Jobs[0] is var job && job.Report.Failure?.Code != "report_rejected")
        {
            log.ReportRefused(job, why);
            job.Report = new JobReport(JobOutcome.Fail, default, new JobFault("report_rejected", why.Message), job.Report.Microseconds);
            Again(link, batch, _alone);
        }
        else
        {
            log.ReportDropped(job, why);
            Forget(batch.Jobs);
        }
    }

    private void Forget(List<JobContext> jobs)
    {
        foreach (var job in jobs) job.Phase = JobPhase.Gone;
        book.Remove(jobs);
        forgotten();
    }

    private void Again(WorkerLink link, ReportBatch batch, Queue<JobContext> queue)
    {
        lock (_gate)
        {
            if (_link != link) return;
            foreach (var job in batch.Jobs) queue.Enqueue(job);
        }
    }

    private void Clear()
    {
        foreach (var job in _waiting) job.IsInOutbox = false;
        foreach (var job in _alone) job.IsInOutbox = false;
        _waiting.Clear();
        _alone.Clear();
    }
}
