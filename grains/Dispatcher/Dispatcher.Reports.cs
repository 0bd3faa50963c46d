using System.Diagnostics.CodeAnalysis;
using Worcr.Core.Retry;
using Worcr.Grains.Jobs;

namespace Worcr.Grains;

/// <summary>What workers say about the jobs they run. Only the holder of the current lease is heard.</summary>
public sealed partial class Dispatcher
{
    private const long LongestExtensionMs = 24 * 3_600_000L;

    private void Report(Envelope envelope, ReportRequest request)
    {
        var accepted = new bool[request.Reports.Count];
        for (var i = 0; i < accepted.Length; i++) accepted[i] = Apply(request.Reports[i]);
        Answer(envelope, new ReportReply(accepted));
    }

    private bool Apply(in Report report)
    {
        if (!TryFindLease(report.Lease, out var grain)) return false;
        NoteRunTime(grain, report.RunMs);
        switch (report.Outcome)
        {
            case ReportOutcome.Complete:
                NoteEnd(grain, null, 0);
                Finish(grain, JobState.Succeeded, report.Result, null);
                break;
            case ReportOutcome.Fail:
                Failed(grain, report.Error ?? new JobError("error", "The worker gave no reason."));
                break;
            case ReportOutcome.Yield when report.UntilChildren:
                YieldUntilChildren(grain, report.Error);
                break;
            case ReportOutcome.Yield:
                Continue(grain, RetryDecision.Now, Outcomes.Yield, report.Error);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(report), report.Outcome, "No such outcome.");
        }

        return true;
    }

    private bool TryFindLease(LeaseToken lease, [MaybeNullWhen(false)] out JobGrain grain) =>
        _jobs.TryGetValue(lease.Seq, out grain) && grain.IsRunning && grain.Attempt == lease.Attempt && grain.Nonce == lease.Nonce;

    private void NoteRunTime(JobGrain grain, double reportedMs)
    {
        if (grain.Session is { } session) session.HeardAt = _now;
        var busy = grain.Session is { Slots: > 0 } holder ? Math.Max(1.0, (double)holder.Held.Count / holder.Slots) : 1.0;
        grain.Lane.Type.Ran(reportedMs >= 0 ? reportedMs : (_now - grain.StartedAt) / busy);
    }

    private void Note(Envelope envelope, NoteRequest request)
    {
        if (!TryFindLease(request.Lease, out var grain))
        {
            Answer(envelope, new NoteReply(false));
            return;
        }

        Answer(envelope, new NoteReply(true, Apply(grain, request), grain.IsInterrupted));
    }

    private Refusal? Apply(JobGrain grain, NoteRequest request)
    {
        switch (request)
        {
            case NoteRequest.Checkpoint note:
                if (NamedValues.Put(grain.Checkpoints, note.Name, note.Value) is not { } checkpoints) return TooMany("checkpoints");
                grain.Checkpoints = checkpoints;
                StoreNotes(grain);
                NoteSaved(grain);
                return null;
            case NoteRequest.Progress note:
                if (NamedValues.Put(grain.Progress, note.Name, NamedValues.Pair(note.Done, note.Total)) is not { } progress) return TooMany("progress");
                grain.Progress = progress;
                StoreNotes(grain);
                if (IsHeard(EventKind.JobProgress)) Emit(EventKind.JobProgress, grain.Row, ("name", note.Name), ("done", note.Done), ("total", note.Total));
                return null;
            case NoteRequest.Log note:
                _logs.Add(new LogLine(grain.Seq, grain.Attempt, _now, note.Level, note.Line));
                return null;
            case NoteRequest.GoOn:
                grain.IsPolled = true;
                StoreLease(grain);
                return null;
            case NoteRequest.Extend note:
                grain.DeadlineAt = note.Until == 0 ? _now + grain.Row.Options.TimeoutMs : Math.Max(grain.DeadlineAt, Math.Min(note.Until, _now + LongestExtensionMs));
                grain.IsPolled |= grain.Session is null;
                SetLeaseTimer(grain);
                StoreLease(grain);
                return null;
            default:
                throw new ArgumentOutOfRangeException(nameof(request), request, "No such note.");
        }
    }

    private void StoreLease(JobGrain grain)
    {
        grain.LeaseFlush = _work.Number;
        _work.Flush.Leases.Add(grain.Entry);
    }

    private static Refusal TooMany(string field) =>
        new(RefusalKind.TooLarge, $"A job has at most {NamedValues.MaxNames} {field} of {NamedValues.MaxBytes} bytes together.", field);
}
