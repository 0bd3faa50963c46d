using Worcr.Grains;

namespace Worcr.Unit.Api;

/// <summary>Answers what a test told it to, and remembers what it was asked.</summary>
public sealed class FakeDispatcher : IDispatcher
{
    private readonly Lock _gate = new();
    private readonly List<object> _asked = [];

    public Func<EnqueueRequest, EnqueueReply> OnEnqueue { get; set; } = AcceptAll;

    public Func<Guid, JobReply> OnGet { get; set; } = _ => new JobReply(null, new Refusal(RefusalKind.NotFound, "There is no such job."));

    public Func<WaitJobRequest, JobReply>? OnWait { get; set; }

    public Func<QueryJobsRequest, JobPageReply> OnQuery { get; set; } = _ => new JobPageReply([], null);

    public Func<ControlJobRequest, ControlReply> OnControl { get; set; } = _ => new ControlReply(JobState.Cancelled);

    public Func<BulkRequest, BulkReply> OnBulk { get; set; } = _ => new BulkReply(0);

    public Func<LogsRequest, LogsReply> OnLogs { get; set; } = _ => new LogsReply([]);

    public Func<ResourceRequest, ResourceReply> OnResources { get; set; } = _ => new ResourceReply([]);

    public Func<RestoreRequest, BulkReply> OnRestore { get; set; } = _ => new BulkReply(0);

    public Func<EventsRequest, CancellationToken, IAsyncEnumerable<DispatcherEvent>> OnEvents { get; set; } = (_, _) => AsyncEnumerable.Empty<DispatcherEvent>();

    public Func<ViolationsRequest, ViolationsReply> OnViolations { get; set; } = _ => new ViolationsReply([Samples.Violation()], [new ViolationCount("mail", ViolationKind.MaxRunTime, 3)]);

    public Func<BatchRequest, BatchReply> OnBatches { get; set; } = _ => new BatchReply([], new Refusal(RefusalKind.NotFound, "There is no such batch."));

    public Func<ExplainRequest, ExplainReply> OnExplain { get; set; } = _ => new ExplainReply(null, null, []);

    public Func<OrderRequest, OrderReply> OnOrder { get; set; } = _ => new OrderReply(null, 0, 0, new Refusal(RefusalKind.NotFound, "There is no such worker."));

    public Func<StatsReply> OnStats { get; set; } = () => Samples.Stats();

    public IReadOnlyList<object> Asked
    {
        get
        {
            lock (_gate) return [.. _asked];
        }
    }

    public T Only<T>() => Asked.OfType<T>().ShouldHaveSingleItem();

    public static EnqueueReply AcceptAll(EnqueueRequest request) =>
        new([.. request.Jobs.Select((job, i) => new EnqueuedJob(job.HasClientId ? job.Id : JobId.Create(1, i + 1, 0), job.DueAt > 0 ? JobState.Scheduled : JobState.Ready, false))]);

    public Task<EnqueueReply> EnqueueAsync(EnqueueRequest request, CancellationToken cancel) => Answer(request, OnEnqueue);

    public Task<JobReply> GetAsync(GetJobRequest request, CancellationToken cancel) => Answer(request, r => OnGet(r.Id));

    public Task<JobReply> WaitAsync(WaitJobRequest request, CancellationToken cancel) => Answer(request, r => OnWait is null ? OnGet(r.Id) : OnWait(r));

    public Task<JobPageReply> QueryAsync(QueryJobsRequest request, CancellationToken cancel) => Answer(request, OnQuery);

    public Task<ControlReply> ControlAsync(ControlJobRequest request, CancellationToken cancel) => Answer(request, OnControl);

    public Task<BulkReply> BulkAsync(BulkRequest request, CancellationToken cancel) => Answer(request, OnBulk);

    public Task<LogsReply> LogsAsync(LogsRequest request, CancellationToken cancel) => Answer(request, OnLogs);

    public Task<RegisterReply> RegisterAsync(RegisterRequest request, CancellationToken cancel) => throw new NotSupportedException();

    public IAsyncEnumerable<SessionMessage> ReceiveAsync(long session, CancellationToken cancel) => throw new NotSupportedException();

    public Task<SessionReply> SessionAsync(SessionRequest request, CancellationToken cancel) => throw new NotSupportedException();

    public Task<LeaseReply> LeaseAsync(LeaseRequest request, CancellationToken cancel) => throw new NotSupportedException();

    public Task<ReportReply> ReportAsync(ReportRequest request, CancellationToken cancel) => throw new NotSupportedException();

    public Task<OrderReply> OrderAsync(OrderRequest request, CancellationToken cancel) => Answer(request, OnOrder);

    public Task<HeldLeaseReply> HeldLeaseAsync(HeldLeaseRequest request, CancellationToken cancel) => throw new NotSupportedException();

    public Task<ControlReply> FinishAsync(FinishJobRequest request, CancellationToken cancel) => throw new NotSupportedException();

    public Task<ControlReply> RemoveAsync(RemoveJobRequest request, CancellationToken cancel) => throw new NotSupportedException();

    public Task<BacklogReply> BacklogAsync(BacklogRequest request, CancellationToken cancel) => throw new NotSupportedException();

    public Task<NoteReply> NoteAsync(NoteRequest request, CancellationToken cancel) => throw new NotSupportedException();

    public Task<AcquireReply> AcquireAsync(AcquireRequest request, CancellationToken cancel) => throw new NotSupportedException();

    public Task<BatchReply> BatchesAsync(BatchRequest request, CancellationToken cancel) => Answer(request, OnBatches);

    public Task<ExplainReply> ExplainAsync(ExplainRequest request, CancellationToken cancel) => Answer(request, OnExplain);

    public Task<ResourceReply> ResourcesAsync(ResourceRequest request, CancellationToken cancel) => Answer(request, OnResources);

    public Task<BulkReply> RestoreAsync(RestoreRequest request, CancellationToken cancel) => Answer(request, OnRestore);

    public Task<StatsReply> StatsAsync(StatsRequest request, CancellationToken cancel) => Answer(request, _ => OnStats());

    public Task<ViolationsReply> ViolationsAsync(ViolationsRequest request, CancellationToken cancel) => Answer(request, OnViolations);

    public IAsyncEnumerable<DispatcherEvent> EventsAsync(EventsRequest request, CancellationToken cancel)
    {
        lock (_gate) _asked.Add(request);
        return OnEvents(request, cancel);
    }

    private async Task<TReply> Answer<TRequest, TReply>(TRequest request, Func<TRequest, TReply> answer)
        where TRequest : notnull
    {
        await Task.Yield();
        lock (_gate) _asked.Add(request);
        return answer(request);
    }
}
