using System.Text.Json;
using Worcr.Grains.Events;
using Worcr.Grains.Jobs;
using Worcr.Grains.Limits;

namespace Worcr.Grains;

/// <summary>
/// Events. An event is told when what caused it is durable: it waits in the flush like answers do. While nobody listens to a kind, it costs one branch
/// (<see cref="IsHeard"/>); so what it says is put together behind that branch only.
/// </summary>
public sealed partial class Dispatcher
{
    /// <summary>How many listeners a namespace has at most.</summary>
    public const int MaxListeners = 1_000;

    private readonly List<EventListener> _listeners = [];
    private ulong _heard;
    private long _lastEvent;

    /// <summary>The listener has gone.</summary>
    internal void Forget(EventListener listener)
    {
        _listeners.Remove(listener);
        NoteHeard();
    }

    private void Listen(Envelope envelope, EventsRequest request)
    {
        if (_listeners.Count >= MaxListeners)
        {
            envelope.Reply(new ListenReply(null));
            return;
        }

        var listener = new EventListener(request);
        listener.Tell(new DispatcherEvent(_lastEvent, _now, EventNames.Of(EventKind.Listening)));
        _listeners.Add(listener);
        NoteHeard();
        envelope.Reply(new ListenReply(listener));
    }

    private void NoteHeard()
    {
        _heard = 0;
        foreach (var listener in _listeners) _heard |= listener.Heard;
    }

    private bool IsHeard(EventKind kind) => (_heard & EventListener.Bit(kind)) != 0;

    private void Emit(EventKind kind, Guid? job, string? type, string? tenant, string? queue, params (string Name, object? Value)[] data)
    {
        var what = new DispatcherEvent(0, _now, EventNames.Of(kind), job, type, tenant, queue, data.Length == 0 ? null : DataOf(data));
        _work.Events.Add((kind, what));
    }

    private void Emit(EventKind kind, Job job, params (string Name, object? Value)[] data) =>
        Emit(kind, job.Id, job.Shape.Type, job.Shape.Tenant, job.Shape.Queue, data);

    private static byte[] DataOf((string Name, object? Value)[] data) =>
        JsonSerializer.SerializeToUtf8Bytes(data.Where(d => d.Value is not null).ToDictionary(d => d.Name, d => d.Value));

    private void Tell(List<(EventKind Kind, DispatcherEvent What)> events)
    {
        foreach (var (kind, what) in events)
        {
            var told = what with { Id = ++_lastEvent };
            foreach (var listener in _listeners)
            {
                if (listener.Wants(kind, told)) listener.Tell(told);
            }
        }
    }

    private void EndListeners()
    {
        foreach (var listener in _listeners) listener.Complete();
    }

    private string NameOf(Bucket bucket) => ReferenceEquals(bucket.Limit, _tenantLimits) ? "maxConcurrency" : bucket.Limit.Name;

    /// <summary>A key that is always full says so once a second.</summary>
    private void EmitSaturated(Bucket bucket)
    {
        if (_now < bucket.SaturatedAt + 1_000) return;
        bucket.SaturatedAt = _now;
        var tenant = ReferenceEquals(bucket.Limit, _tenantLimits) ? bucket.Key : null;
        Emit(
            EventKind.LimitSaturated, null, null, tenant, null,
            ("limit", NameOf(bucket)), ("key", bucket.Key), ("used", bucket.Permits.Used(_now)), ("most", SpecOf(bucket).Limit));
    }

    private void EmitStarted(JobGrain grain)
    {
        if (!IsHeard(EventKind.JobStarted)) return;
        Emit(EventKind.JobStarted, grain.Row, ("attempt", grain.Attempt), ("worker", grain.Worker), ("waitedMs", Math.Max(0, _now - grain.Row.ReadyAt)));
    }

    private void EmitEnding(Job row, JobOutcome outcome)
    {
        var kind = outcome.State switch
        {
            JobState.Succeeded => EventKind.JobSucceeded,
            JobState.Dead => EventKind.JobDead,
            JobState.Cancelled => EventKind.JobCancelled,
            JobState.Expired => EventKind.JobExpired,
            _ => EventKind.JobDiscarded,
        };
        if (!IsHeard(kind)) return;
        long? ranMs = outcome.StartedAt > 0 ? _now - outcome.StartedAt : null;
        Emit(kind, row, ("attempt", outcome.Attempt), ("worker", outcome.Worker), ("ranMs", ranMs), ("code", outcome.Error?.Code), ("message", outcome.Error?.Message));
    }

    private void EmitFailed(JobGrain grain, JobError error)
    {
        if (!IsHeard(EventKind.JobFailed)) return;
        Emit(EventKind.JobFailed, grain.Row, ("attempt", grain.Attempt), ("worker", grain.Worker), ("ranMs", _now - grain.StartedAt), ("code", error.Code), ("message", error.Message));
    }

    private void EmitReturned(JobGrain grain, long delayMs, string outcome)
    {
        var kind = outcome == Outcomes.Yield ? EventKind.JobYielded : EventKind.JobRetrying;
        if (IsHeard(kind)) Emit(kind, grain.Row, ("attempt", grain.Attempt), ("worker", grain.Worker), ("delayMs", delayMs));
    }
}
