namespace Worcr.SiloHost.Gateways.Push;

/// <summary>The requests under way. What became of one waits for a dispatcher that takes it, as long as its lease can be good.</summary>
internal sealed partial class PushEndpoint
{
    private readonly Lock _gate = new();
    private readonly Dictionary<LeaseToken, PushDelivery> _underWay = [];
    private TaskCompletionSource<IDispatcher> _dispatcher = NewDispatcher();
    private TaskCompletionSource? _idle;
    private EndpointFigures _figures = new(EndpointState.Open);

    private bool IsIdle
    {
        get
        {
            lock (_gate) return _underWay.Count == 0;
        }
    }

    private LeaseToken[] UnderWay
    {
        get
        {
            lock (_gate) return [.. _underWay.Keys];
        }
    }

    /// <summary>Sends a job, beside everything else.</summary>
    public void Begin(LeasedJob job)
    {
        var delivery = new PushDelivery(job, _around.Now);
        lock (_gate) _underWay.Add(job.Lease, delivery);
        _ = Task.Run(() => DeliverAsync(delivery));
    }

    /// <summary>A job is not to be waited for any more.</summary>
    public void Abort(LeaseToken lease, bool yields)
    {
        lock (_gate)
        {
            if (!_underWay.TryGetValue(lease, out var delivery)) return;
            if (yields) delivery.Yield();
            else delivery.Cancel();
        }
    }

    private Task YieldAllAsync()
    {
        foreach (var lease in UnderWay) Abort(lease, yields: true);
        lock (_gate)
        {
            if (_underWay.Count == 0) return Task.CompletedTask;
            _idle ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return _idle.Task;
        }
    }

    private async Task DeliverAsync(PushDelivery delivery)
    {
        try
        {
            var isResting = _circuit.At(_around.Now).State == EndpointState.Resting;
            if (isResting) delivery.Yield();
            var outcome = isResting ? PushOutcome.Aborted : await _around.Caller.CallAsync(_space, _rule, delivery.Job, delivery.Ended);
            Count(outcome);
            await SayAsync(delivery, outcome);
        }
        catch (Exception error)
        {
            LogBroken(_around.Logger, error, delivery.Job.Id, _name);
        }
        finally
        {
            End(delivery);
        }
    }

    private void End(PushDelivery delivery)
    {
        lock (_gate)
        {
            _underWay.Remove(delivery.Job.Lease);
            if (_underWay.Count == 0) _idle?.TrySetResult();
            delivery.Dispose();
        }

        if (_link is not { IsGood: true }) Wake();
    }

    private void Count(PushOutcome outcome)
    {
        if (outcome.Verdict == PushVerdict.Aborted) return;
        var now = _around.Now;
        _circuit.Note(outcome, now);
        lock (_gate)
        {
            _figures = outcome.Error is { } error
                ? _figures with { Failed = _figures.Failed + 1, LastError = error, LastErrorAt = now }
                : _figures with { Delivered = _figures.Delivered + 1 };
        }
    }

    /// <summary>First what it says of the endpoint - the slot must not be filled again if it needs rest -, then what it says of the job.</summary>
    private async Task SayAsync(PushDelivery delivery, PushOutcome outcome)
    {
        if (outcome.Verdict == PushVerdict.Aborted && !delivery.Yields) return;
        while (await DispatcherAsync(delivery) is { } dispatcher)
        {
            try
            {
                await AdjustIfHeardAsync();
                NoteFigures(dispatcher);
                if (!await TellAsync(dispatcher, delivery, outcome)) LogStale(_around.Logger, delivery.Job.Id, _name);
                return;
            }
            catch (DispatcherUnavailableException)
            {
                Forget(dispatcher);
            }
        }

        LogUnheard(_around.Logger, delivery.Job.Id, _name);
    }

    private async Task AdjustIfHeardAsync()
    {
        try
        {
            await AdjustAsync();
        }
        catch (Sessions.WorkerCallException refused)
        {
            LogNoSession(_around.Logger, _name, _space, refused.Message); // the loop opens another one
        }
    }

    private async Task<bool> TellAsync(IDispatcher dispatcher, PushDelivery delivery, PushOutcome outcome)
    {
        var lease = delivery.Job.Lease;
        if (outcome.Verdict == PushVerdict.GoesOn) return (await dispatcher.NoteAsync(new NoteRequest.GoOn(lease), CancellationToken.None)).Accepted;
        var report = outcome.Verdict switch
        {
            PushVerdict.Done => new Report(lease, ReportOutcome.Complete, outcome.Result, RunMs: _around.Now - delivery.BeganAt),
            PushVerdict.Failed => new Report(lease, ReportOutcome.Fail, Error: outcome.Error, RunMs: _around.Now - delivery.BeganAt),
            _ => new Report(lease, ReportOutcome.Yield),
        };
        return (await dispatcher.ReportAsync(new ReportRequest([report]), CancellationToken.None)).Accepted[0];
    }

    /// <summary>Told in their order, and not waited for: they are for people.</summary>
    private void NoteFigures(IDispatcher dispatcher)
    {
        lock (_gate)
        {
            var (state, restsUntil) = _circuit.At(_around.Now);
            _ = ObserveAsync(dispatcher.ResourcesAsync(new ResourceRequest.Note(_name, _figures with { State = state, RestsUntil = restsUntil }), CancellationToken.None));
        }
    }

    private async Task ObserveAsync(Task<ResourceReply> noted)
    {
        try
        {
            await noted;
        }
        catch (DispatcherUnavailableException gone)
        {
            LogNoSession(_around.Logger, _name, _space, gone.Message); // the next dispatcher is told with its session
        }
    }

    /// <summary>The dispatcher, as soon as there is one; null: there was none while the lease lasted.</summary>
    private async Task<IDispatcher?> DispatcherAsync(PushDelivery delivery)
    {
        Task<IDispatcher> dispatcher;
        lock (_gate) dispatcher = _dispatcher.Task;
        try
        {
            var left = Math.Max(0, delivery.LeasedUntil - _around.Now);
            return await dispatcher.WaitAsync(TimeSpan.FromMilliseconds(left), _around.Time);
        }
        catch (TimeoutException)
        {
            return null;
        }
    }

    private void Meet(IDispatcher dispatcher)
    {
        lock (_gate)
        {
            if (_dispatcher.Task.IsCompleted) _dispatcher = NewDispatcher();
            _dispatcher.SetResult(dispatcher);
        }
    }

    private void Forget(IDispatcher? gone)
    {
        lock (_gate)
        {
            if (_dispatcher.Task is { IsCompleted: true } known && ReferenceEquals(known.Result, gone)) _dispatcher = NewDispatcher();
        }
    }

    private static TaskCompletionSource<IDispatcher> NewDispatcher() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
