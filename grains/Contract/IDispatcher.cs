namespace Worcr.Grains;

/// <summary>
/// The whole surface of a namespace's dispatcher: one request message, one reply message each, all plain data, so that a call may
/// come from this process or from another silo. Nothing is answered before it is durable. A refusal is a value
/// (<see cref="Refusal"/>); a <see cref="DispatcherUnavailableException"/> means that the call may or may not have happened.
/// </summary>
public interface IDispatcher
{
    /// <summary>Enqueues jobs, all or none.</summary>
    Task<EnqueueReply> EnqueueAsync(EnqueueRequest request, CancellationToken cancel);

    /// <summary>One job with everything known of it.</summary>
    Task<JobReply> GetAsync(GetJobRequest request, CancellationToken cancel);

    /// <summary>Waits until a job is finished or the time is over, then answers as <see cref="GetAsync"/>.</summary>
    Task<JobReply> WaitAsync(WaitJobRequest request, CancellationToken cancel);

    /// <summary>A page of jobs.</summary>
    Task<JobPageReply> QueryAsync(QueryJobsRequest request, CancellationToken cancel);

    /// <summary>Cancels, retries or interrupts one job.</summary>
    Task<ControlReply> ControlAsync(ControlJobRequest request, CancellationToken cancel);

    /// <summary>Cancels, retries, discards or reweighs all jobs that match.</summary>
    Task<BulkReply> BulkAsync(BulkRequest request, CancellationToken cancel);

    /// <summary>Log lines of a job.</summary>
    Task<LogsReply> LogsAsync(LogsRequest request, CancellationToken cancel);

    /// <summary>Opens a worker session, and re-attaches leases that the worker still holds.</summary>
    Task<RegisterReply> RegisterAsync(RegisterRequest request, CancellationToken cancel);

    /// <summary>What the dispatcher has to say to a session; ends when the session is closed. One reader at a time.</summary>
    IAsyncEnumerable<SessionMessage> ReceiveAsync(long session, CancellationToken cancel);

    /// <summary>Changes a session: slots, drain, heartbeat, detach, close.</summary>
    Task<SessionReply> SessionAsync(SessionRequest request, CancellationToken cancel);

    /// <summary>Makes a worker quiet, ends it, or lets it go on.</summary>
    Task<OrderReply> OrderAsync(OrderRequest request, CancellationToken cancel);

    /// <summary>Leases jobs to a worker that polls.</summary>
    Task<LeaseReply> LeaseAsync(LeaseRequest request, CancellationToken cancel);

    /// <summary>How attempts ended.</summary>
    Task<ReportReply> ReportAsync(ReportRequest request, CancellationToken cancel);

    /// <summary>Checkpoint, progress or log line of a running job, or more time for it.</summary>
    Task<NoteReply> NoteAsync(NoteRequest request, CancellationToken cancel);

    /// <summary>Gives a worker permits of a limit while it runs a job.</summary>
    Task<AcquireReply> AcquireAsync(AcquireRequest request, CancellationToken cancel);

    /// <summary>Puts, deletes, reads or previews resources: rules, limits, schedules, tenants, types, settings.</summary>
    Task<ResourceReply> ResourcesAsync(ResourceRequest request, CancellationToken cancel);

    /// <summary>Makes, reads, closes or cancels batches.</summary>
    Task<BatchReply> BatchesAsync(BatchRequest request, CancellationToken cancel);

    /// <summary>Why a job is (not) running, how a tenant stands, what lanes wait for.</summary>
    Task<ExplainReply> ExplainAsync(ExplainRequest request, CancellationToken cancel);

    /// <summary>Brings back what a blackhole rule took.</summary>
    Task<BulkReply> RestoreAsync(RestoreRequest request, CancellationToken cancel);

    /// <summary>The lease by which a job runs.</summary>
    Task<HeldLeaseReply> HeldLeaseAsync(HeldLeaseRequest request, CancellationToken cancel);

    /// <summary>Finishes one job by its id, leased or not.</summary>
    Task<ControlReply> FinishAsync(FinishJobRequest request, CancellationToken cancel);

    /// <summary>Ends one job if it lives, and forgets it: its id is free again.</summary>
    Task<ControlReply> RemoveAsync(RemoveJobRequest request, CancellationToken cancel);

    /// <summary>What waits, by type.</summary>
    Task<BacklogReply> BacklogAsync(BacklogRequest request, CancellationToken cancel);

    /// <summary>Totals, per tenant, per type, workers.</summary>
    Task<StatsReply> StatsAsync(StatsRequest request, CancellationToken cancel);

    /// <summary>Violations of type policies.</summary>
    Task<ViolationsReply> ViolationsAsync(ViolationsRequest request, CancellationToken cancel);

    /// <summary>
    /// What happens from now on, told when it is durable; the first event says that the listening has begun. Ends with the dispatcher. A slow reader loses the oldest events and is
    /// told how many (<see cref="EventKind.Lagged"/>). Throws <see cref="ListenerLimitException"/>.
    /// </summary>
    IAsyncEnumerable<DispatcherEvent> EventsAsync(EventsRequest request, CancellationToken cancel);
}
