using Worcr.Core.Jobs;
using Worcr.Grains;

namespace Worcr.ApiBench;

/// <summary>Takes every job at once and remembers none.</summary>
internal sealed class InstantDispatcher : IDispatchers, IDispatcher
{
    private long _seq;

    public ValueTask<IDispatcher> FindAsync(string name, CancellationToken cancel) => new(this);

    public ValueTask<IDispatcher?> FindExistingAsync(string name, CancellationToken cancel) => new(this);

    public Task<EnqueueReply> EnqueueAsync(EnqueueRequest request, CancellationToken cancel)
    {
        var seq = Interlocked.Add(ref _seq, request.Jobs.Count);
        var jobs = new EnqueuedJob[request.Jobs.Count];
        for (var i = 0; i < jobs.Length; i++) jobs[i] = new EnqueuedJob(JobId.Create(1_780_000_000_000, seq - i, i), JobState.Ready, false);
        return Task.FromResult(new EnqueueReply(jobs));
    }

    public Task<JobReply> GetAsync(GetJobRequest request, CancellationToken cancel) => throw new NotSupportedException();

    public Task<JobReply> WaitAsync(WaitJobRequest request, CancellationToken cancel) => throw new NotSupportedException();

    public Task<JobPageReply> QueryAsync(QueryJobsRequest request, CancellationToken cancel) => throw new NotSupportedException();

    public Task<ControlReply> ControlAsync(ControlJobRequest request, CancellationToken cancel) => throw new NotSupportedException();

    public Task<BulkReply> BulkAsync(BulkRequest request, CancellationToken cancel) => throw new NotSupportedException();

    public Task<LogsReply> LogsAsync(LogsRequest request, CancellationToken cancel) => throw new NotSupportedException();

    public Task<RegisterReply> RegisterAsync(RegisterRequest request, CancellationToken cancel) => throw new NotSupportedException();

    public IAsyncEnumerable<SessionMessage> ReceiveAsync(long session, CancellationToken cancel) => throw new NotSupportedException();

    public Task<SessionReply> SessionAsync(SessionRequest request, CancellationToken cancel) => throw new NotSupportedException();

    public Task<LeaseReply> LeaseAsync(LeaseRequest request, CancellationToken cancel) => throw new NotSupportedException();

    public Task<ReportReply> ReportAsync(ReportRequest request, CancellationToken cancel) => throw new NotSupportedException();

    public Task<OrderReply> OrderAsync(OrderRequest request, CancellationToken cancel) => throw new NotSupportedException();

    public Task<HeldLeaseReply> HeldLeaseAsync(HeldLeaseRequest request, CancellationToken cancel) => throw new NotSupportedException();

    public Task<ControlReply> FinishAsync(FinishJobRequest request, CancellationToken cancel) => throw new NotSupportedException();

    public Task<ControlReply> RemoveAsync(RemoveJobRequest request, CancellationToken cancel) => throw new NotSupportedException();

    public Task<BacklogReply> BacklogAsync(BacklogRequest request, CancellationToken cancel) => throw new NotSupportedException();

    public Task<NoteReply> NoteAsync(NoteRequest request, CancellationToken cancel) => throw new NotSupportedException();

    public Task<ResourceReply> ResourcesAsync(ResourceRequest request, CancellationToken cancel) => throw new NotSupportedException();

    public Task<BulkReply> RestoreAsync(RestoreRequest request, CancellationToken cancel) => throw new NotSupportedException();

    public Task<BatchReply> BatchesAsync(BatchRequest request, CancellationToken cancel) => throw new NotSupportedException();

    public Task<StatsReply> StatsAsync(StatsRequest request, CancellationToken cancel) => throw new NotSupportedException();

    public Task<AcquireReply> AcquireAsync(AcquireRequest request, CancellationToken cancel) => throw new NotSupportedException();

    public Task<ExplainReply> ExplainAsync(ExplainRequest request, CancellationToken cancel) => throw new NotSupportedException();

    public Task<ViolationsReply> ViolationsAsync(ViolationsRequest request, CancellationToken cancel) => throw new NotSupportedException();

    public IAsyncEnumerable<DispatcherEvent> EventsAsync(EventsRequest request, CancellationToken cancel) => throw new NotSupportedException();
}
