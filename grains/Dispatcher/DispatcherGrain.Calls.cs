using System.Runtime.CompilerServices;
using Worcr.Grains.Events;

namespace Worcr.Grains;

/// <summary>The interface: each call is a message in the inbox.</summary>
public sealed partial class DispatcherGrain
{
    /// <inheritdoc />
    public Task<EnqueueReply> EnqueueAsync(EnqueueRequest request, CancellationToken cancel) => CallAsync<EnqueueReply>(request, cancel);

    /// <inheritdoc />
    public Task<JobReply> GetAsync(GetJobRequest request, CancellationToken cancel) =>
        _stall is { } stall ? stall.GetAsync(request.Id, cancel) : CallAsync<JobReply>(request, cancel);

    /// <inheritdoc />
    public async Task<JobReply> WaitAsync(WaitJobRequest request, CancellationToken cancel)
    {
        if (_stall is not { } stall) return await CallAsync<JobReply>(request, cancel);
        var reply = await stall.GetAsync(request.Id, cancel);
        return reply.Job is { Outcome: null } ? throw new StoreStalledException(isUntouched: true, stall.Error) : reply;
    }

    /// <inheritdoc />
    public Task<JobPageReply> QueryAsync(QueryJobsRequest request, CancellationToken cancel) =>
        _stall is { } stall ? stall.QueryAsync(request, cancel) : CallAsync<JobPageReply>(request, cancel);

    /// <inheritdoc />
    public Task<ControlReply> ControlAsync(ControlJobRequest request, CancellationToken cancel) => CallAsync<ControlReply>(request, cancel);

    /// <inheritdoc />
    public Task<BulkReply> BulkAsync(BulkRequest request, CancellationToken cancel) => CallAsync<BulkReply>(request, cancel);

    /// <inheritdoc />
    public Task<LogsReply> LogsAsync(LogsRequest request, CancellationToken cancel) =>
        _stall is { } stall ? stall.LogsAsync(request, cancel) : CallAsync<LogsReply>(request, cancel);

    /// <inheritdoc />
    public Task<RegisterReply> RegisterAsync(RegisterRequest request, CancellationToken cancel) => CallPatientlyAsync<RegisterReply>(request, cancel);

    /// <inheritdoc />
    public Task<SessionReply> SessionAsync(SessionRequest request, CancellationToken cancel) => CallPatientlyAsync<SessionReply>(request, cancel);

    /// <inheritdoc />
    public Task<OrderReply> OrderAsync(OrderRequest request, CancellationToken cancel) => CallAsync<OrderReply>(request, cancel);

    /// <inheritdoc />
    public Task<ReportReply> ReportAsync(ReportRequest request, CancellationToken cancel) => CallAsync<ReportReply>(request, cancel);

    /// <inheritdoc />
    public Task<NoteReply> NoteAsync(NoteRequest request, CancellationToken cancel) => CallAsync<NoteReply>(request, cancel);

    /// <inheritdoc />
    public Task<ResourceReply> ResourcesAsync(ResourceRequest request, CancellationToken cancel) => CallAsync<ResourceReply>(request, cancel);

    /// <inheritdoc />
    public Task<BatchReply> BatchesAsync(BatchRequest request, CancellationToken cancel) => CallAsync<BatchReply>(request, cancel);

    /// <inheritdoc />
    public Task<ExplainReply> ExplainAsync(ExplainRequest request, CancellationToken cancel) => CallAsync<ExplainReply>(request, cancel);

    /// <inheritdoc />
    public Task<BulkReply> RestoreAsync(RestoreRequest request, CancellationToken cancel) => CallAsync<BulkReply>(request, cancel);

    /// <inheritdoc />
    public Task<HeldLeaseReply> HeldLeaseAsync(HeldLeaseRequest request, CancellationToken cancel) => CallAsync<HeldLeaseReply>(request, cancel);

    /// <inheritdoc />
    public Task<ControlReply> FinishAsync(FinishJobRequest request, CancellationToken cancel) => CallAsync<ControlReply>(request, cancel);

    /// <inheritdoc />
    public Task<ControlReply> RemoveAsync(RemoveJobRequest request, CancellationToken cancel) => CallAsync<ControlReply>(request, cancel);

    /// <inheritdoc />
    public Task<BacklogReply> BacklogAsync(BacklogRequest request, CancellationToken cancel) => CallAsync<BacklogReply>(request, cancel);

    /// <inheritdoc />
    public async Task<StatsReply> StatsAsync(StatsRequest request, CancellationToken cancel) => _stall is { } stall
        ? await OnLoopAsync(() => _dispatcher.Figures()) with { StalledSince = stall.Since }
        : await CallAsync<StatsReply>(request, cancel);

    /// <inheritdoc />
    public Task<ViolationsReply> ViolationsAsync(ViolationsRequest request, CancellationToken cancel) => CallAsync<ViolationsReply>(request, cancel);

    /// <inheritdoc />
    public async Task<LeaseReply> LeaseAsync(LeaseRequest request, CancellationToken cancel)
    {
        if (_stall is { } stall) throw new StoreStalledException(isUntouched: true, stall.Error);
        using var gone = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        await using var asked = gone.Token.Register(_turns.Ask);
        var patience = _patience.Token;
        var envelope = Post<LeaseReply>(request, gone.Token);
        try
        {
            return await AnsweredAsync(envelope, patience);
        }
        catch (StoreStalledException)
        {
            await gone.CancelAsync();
            _ = GiveBackAsync(envelope.Task);
            throw;
        }
    }

    /// <inheritdoc />
    public async Task<AcquireReply> AcquireAsync(AcquireRequest request, CancellationToken cancel)
    {
        await using var gone = cancel.Register(() => Return(() => _dispatcher.Forsake(request.Lease)));
        return await CallPatientlyAsync<AcquireReply>(request, cancel);
    }

    /// <inheritdoc />
    public async IAsyncEnumerable<SessionMessage> ReceiveAsync(long session, [EnumeratorCancellation] CancellationToken cancel)
    {
        if (_dispatcher.MessagesOf(session) is not { } messages) yield break;
        await foreach (var message in messages.ReadAllAsync(cancel)) yield return message;
    }

    /// <inheritdoc />
    public async IAsyncEnumerable<DispatcherEvent> EventsAsync(EventsRequest request, [EnumeratorCancellation] CancellationToken cancel)
    {
        var reply = await CallAsync<ListenReply>(request, cancel);
        if (reply.Listener is not { } listener) throw new ListenerLimitException(Dispatcher.MaxListeners);
        try
        {
            await foreach (var happened in listener.ReadAsync(cancel)) yield return happened;
        }
        finally
        {
            Return(() => _dispatcher.Forget(listener));
        }
    }

    /// <summary>What the store may forget now; see <see cref="IJobStore.RetireAsync"/>.</summary>
    public Task<Retire> PrepareRetireAsync(long uptimeMs) => OnLoopAsync(() => _dispatcher.PrepareRetire(uptimeMs));

    /// <summary>What of its finished jobs the store may forget now; see <see cref="IJobStore.PruneAsync"/>.</summary>
    public Task<Prune> PreparePruneAsync(long uptimeMs) => OnLoopAsync(() => _dispatcher.PreparePrune(uptimeMs));

    private Task<T> OnLoopAsync<T>(Func<T> ask)
    {
        var answer = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        Return(() => answer.TrySetResult(ask()));
        return answer.Task.WaitAsync(_over.Token);
    }
}
