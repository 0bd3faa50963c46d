namespace Worcr.SiloHost.Gateways.Push;

/// <summary>What became of a request is said to the dispatcher; it waits for one that takes it, as long as its lease can be good.</summary>
internal sealed partial class PushEndpoint
{
    private TaskCompletionSource<IDispatcher> _dispatcher = NewDispatcher();

    /// <summary>First what it says of the endpoint - the slot must not be filled again if it needs rest -, then what it says of the job.</summary>
    private async Task SayAsync(PushDelivery delivery, PushOutcome outcome)
    {
        if (outcome.Verdict == PushVerdict.Aborted && delivery.End != PushEnd.GivenBack) return;
        while (await DispatcherAsync(delivery) is { } dispatcher)
        {
            try
            {
                await AdjustIfHeardAsync();
                NoteFigures(dispatcher);
                if (!await TellAsync(dispatcher, delivery, outcome)) LogStale(_around.Logger, delivery.Job.Id, _name);
                if (outcome.Verdict == PushVerdict.GoesOn) CountGoingOn(dispatcher);
                return;
            }
            catch (DispatcherUnavailableException)
            {
                Forget(dispatcher);
            }
        }

        LogUnheard(_around.Logger, delivery.Job.Id, _name);
    }

    /// <summary>Counted when it is durable: not before can it be relied on.</summary>
    private void CountGoingOn(IDispatcher dispatcher)
    {
        Count(PushOutcome.GoesOn, PushEnd.None);
        NoteFigures(dispatcher);
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
            _ = ObserveAsync(dispatcher.ResourcesAsync(new ResourceRequest.Note(_name, _figures with { State = state, RestsUntil = restsUntil, Rests = _circuit.Rests }), CancellationToken.None));
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
