using Worcr.Core.Limits;
using Worcr.Core.Rules;
using Worcr.Grains.Jobs;
using Worcr.Grains.Limits;

namespace Worcr.Grains;

/// <summary>Limits that workers acquire while they run a job, and limits that adapt to how jobs end.</summary>
public sealed partial class Dispatcher
{
    private const int MaxAcquirers = 100_000;

    private int _acquirers;

    private void Acquire(Envelope envelope, AcquireRequest request)
    {
        if (!TryFindLease(request.Lease, out var grain))
        {
            Answer(envelope, new AcquireReply(false, false));
            return;
        }

        if (RefusalOf(request, grain, out var limit) is { } refusal)
        {
            Answer(envelope, new AcquireReply(true, false, refusal));
            return;
        }

        var bucket = BucketOf(limit!, request.Key, LimitKeys.RankOf(limit!.Rule.Key));
        var acquirer = new Acquirer(envelope, grain, bucket, request.Count);
        bucket.Acquirers.AddLast(acquirer);
        _acquirers++;
        if (bucket.Acquirers.Count == 1 && bucket.Permits.CanTake(_now, request.Count)) EndAcquire(acquirer, granted: true);
        else if (request.WaitMs <= 0) EndAcquire(acquirer, granted: false);
        else Wait(acquirer, request.WaitMs);
        ForgetIfIdle(bucket);
    }

    private Refusal? RefusalOf(AcquireRequest request, JobGrain grain, out LimitGrain? limit)
    {
        if (!_limits.TryGetValue(request.Limit, out limit)) return new Refusal(RefusalKind.NotFound, $"There is no limit '{request.Limit}'.", "limit");
        if (RefusalOf(limit.Rule, request.Count, grain) is { } refusal) return refusal;
        return _acquirers >= MaxAcquirers ? new Refusal(RefusalKind.Overloaded, "Too many workers wait for limits.", RetryAfterMs: 1_000) : null;
    }

    private static Refusal? RefusalOf(LimitRule rule, int count, JobGrain grain)
    {
        if (rule.Use != LimitUse.Worker) return new Refusal(RefusalKind.Invalid, "Workers can acquire only limits with use 'worker'.", "limit");
        if (!rule.Match.Matches(grain.Lane.Shape)) return new Refusal(RefusalKind.Invalid, "The limit does not match this job.", "limit");
        var most = rule.Limit.Kind == LimitKind.TokenBucket && rule.Limit.Burst > 0 ? rule.Limit.Burst : rule.Adaptive?.Max ?? rule.Limit.Limit;
        return count > most ? new Refusal(RefusalKind.Invalid, $"The limit never allows more than {most} at once.", "n") : null;
    }

    private void Wait(Acquirer acquirer, long waitMs)
    {
        _timers.Set(acquirer, _now + waitMs);
        (acquirer.Grain.Acquirers ??= []).Add(acquirer);
        Settle(acquirer.Bucket);
    }

    private void EndAcquire(Acquirer acquirer, bool granted)
    {
        _timers.Clear(acquirer);
        acquirer.Bucket.Acquirers.Remove(acquirer);
        acquirer.Grain.Acquirers?.Remove(acquirer);
        _acquirers--;
        if (granted) Grant(acquirer);
        Answer(acquirer.Envelope, new AcquireReply(true, granted));
    }

    private void Grant(Acquirer acquirer)
    {
        var (grain, bucket, count) = (acquirer.Grain, acquirer.Bucket, acquirer.Count);
        bucket.Permits.Take(_now, count);
        if (bucket.IsRate)
        {
            NoteUse(bucket, count);
            return;
        }

        NoteHeld(grain, bucket, count);
        _work.Flush.Permits.Add(new PermitUse(bucket.Limit.Name, bucket.Key, count, _now, grain.Seq, grain.Attempt));
    }

    private static void NoteHeld(JobGrain grain, Bucket bucket, int count)
    {
        bucket.Holders++;
        (grain.HeldPermits ??= []).Add((bucket, count));
    }

    /// <summary>The attempt is over: it waits for nothing any more.</summary>
    private void EndAcquires(JobGrain grain)
    {
        if (grain.Acquirers is not { } acquirers) return;
        grain.Acquirers = null;
        EndAll(acquirers);
    }

    /// <summary>All of them first: none is to be granted what another one leaves.</summary>
    private void EndAll(List<Acquirer> acquirers)
    {
        foreach (var acquirer in acquirers) EndAcquire(acquirer, granted: false);
        foreach (var acquirer in acquirers)
        {
            Settle(acquirer.Bucket);
            ForgetIfIdle(acquirer.Bucket);
        }
    }

    /// <summary>The limit was edited: who waits for what it never gives need not wait.</summary>
    private void EndVainAcquires(Bucket bucket)
    {
        foreach (var acquirer in bucket.Acquirers.ToArray())
        {
            if (RefusalOf(bucket.Limit.Rule, acquirer.Count, acquirer.Grain) is not null) EndAcquire(acquirer, granted: false);
        }
    }

    /// <summary>A caller who waited for permits has gone: whoever waits behind it need not wait for it.</summary>
    public void Forsake(LeaseToken lease)
    {
        if (!TryFindLease(lease, out var grain) || grain.Acquirers is not { } acquirers) return;
        EndAll([.. acquirers.Where(a => a.IsGone)]);
    }

    /// <summary>The wait is over.</summary>
    private void RingAcquirer(Acquirer acquirer) => EndAll([acquirer]);

    /// <summary>Makes the key adapt as its limit says, if it does.</summary>
    private void Adapt(Bucket bucket)
    {
        if (bucket.Limit.Rule.Adaptive is not { } spec) bucket.Adaptive = null;
        else if (bucket.Adaptive is { } adaptive) adaptive.Change(spec, _now);
        else bucket.Adaptive = new AdaptiveLimit(spec, bucket.Limit.Rule.Limit.Limit);
    }

    /// <summary>Tells limits that adapt how an attempt ended.</summary>
    private void NoteEnd(JobGrain grain, string? errorCode, long retryAfterMs)
    {
        EndAcquires(grain);
        foreach (var bucket in grain.Permits) NoteEnd(bucket, grain, errorCode, retryAfterMs);
        if (grain.HeldPermits is not { } held) return;
        foreach (var (bucket, _) in held) NoteEnd(bucket, grain, errorCode, retryAfterMs);
    }

    private void NoteEnd(Bucket bucket, JobGrain grain, string? errorCode, long retryAfterMs)
    {
        if (bucket.Adaptive is not { } adaptive) return;
        var inUse = bucket.Permits.Used(_now) * 2 >= adaptive.Value;
        if (!adaptive.Ended(_now, errorCode, retryAfterMs, _now - grain.StartedAt, inUse)) return;
        KeepUse(bucket);
        Change(bucket);
    }
}
