namespace Worcr.SiloHost.Gateways.Push;

/// <summary>The requests under way.</summary>
internal sealed partial class PushEndpoint
{
    private static readonly JobError TimedOut = new(PushOutcome.Timeout, "The endpoint gave no answer before the job's time was over.");

    private readonly Lock _gate = new();
    private readonly Dictionary<LeaseToken, PushDelivery> _underWay = [];
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
    public void Abort(LeaseToken lease, PushEnd why)
    {
        lock (_gate) _underWay.GetValueOrDefault(lease)?.Abort(why);
    }

    private Task YieldAllAsync()
    {
        foreach (var lease in UnderWay) Abort(lease, PushEnd.GivenBack);
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
            if (isResting) delivery.Abort(PushEnd.GivenBack);
            var outcome = isResting ? PushOutcome.Aborted : await _around.Caller.CallAsync(_space, _rule, delivery.Job, delivery.Ended);
            _circuit.Note(outcome, _around.Now);
            if (outcome.Verdict != PushVerdict.GoesOn) Count(outcome, delivery.End);
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

    private void Count(PushOutcome outcome, PushEnd end)
    {
        if (outcome.Verdict == PushVerdict.Aborted && end != PushEnd.TimedOut) return;
        var failure = outcome.Verdict == PushVerdict.Aborted ? TimedOut : outcome.Error;
        lock (_gate)
        {
            _figures = _figures with { Answers = Counted(_figures.Answers, outcome.Verdict, failure) };
            _figures = failure is { } error
                ? _figures with { Failed = _figures.Failed + 1, LastError = error, LastErrorAt = _around.Now }
                : _figures with { Delivered = _figures.Delivered + 1 };
        }
    }

    private static EndpointAnswers Counted(EndpointAnswers answers, PushVerdict verdict, JobError? failure) => failure?.Code switch
    {
        null when verdict == PushVerdict.GoesOn => answers with { Later = answers.Later + 1 },
        null => answers with { Done = answers.Done + 1 },
        PushOutcome.Timeout => answers with { Timeout = answers.Timeout + 1 },
        PushOutcome.Unreachable or PushOutcome.RefusedAddress => answers with { Unreachable = answers.Unreachable + 1 },
        PushOutcome.BadAnswer => answers with { Bad = answers.Bad + 1 },
        _ => answers with { Refused = answers.Refused + 1 },
    };
}
