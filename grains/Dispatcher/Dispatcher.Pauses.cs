using Worcr.Core.Rules;
using Worcr.Grains.Lanes;
using Worcr.Grains.Rules;

namespace Worcr.Grains;

/// <summary>
/// Pauses, and what they make of queue labels:
/// <code>
///   running &lt;-> idle (no job in hand)   --pause--> pausing (some still run) --last one ends--> paused   --resume--> running | idle
/// </code>
/// </summary>
public sealed partial class Dispatcher
{
    /// <summary>Pauses stand before all limits in the order of a lane's gates: they are the most general.</summary>
    private const int PauseRank = 0;

    private readonly Dictionary<string, PauseGrain> _pauses = new(StringComparer.Ordinal);
    private readonly Dictionary<string, QueueFigures> _queues = new(StringComparer.Ordinal);

    private void ApplyPause(string name, PauseRule? rule)
    {
        if (rule is null) _pauses.Remove(name);
        else if (_pauses.TryGetValue(name, out var pause)) pause.Rule = rule;
        else _pauses.Add(name, new PauseGrain(name, PauseRank) { Rule = rule });
    }

    /// <summary>A pause came, changed or went, and lanes stand where it says.</summary>
    private void PauseApplied(string name, PauseRule? former)
    {
        if (_pauses.TryGetValue(name, out var pause)) SettlePause(name, pause);
        else if (IsHeard(EventKind.PauseRunning)) EmitPause(EventKind.PauseRunning, name, former!, 0);
        foreach (var queue in _queues.Values)
        {
            queue.IsPaused = IsPaused(queue.Name);
            SettleQueue(queue);
        }
    }

    private bool IsPaused(string queue)
    {
        foreach (var pause in _pauses.Values)
        {
            if (pause.Covers(queue)) return true;
        }

        return false;
    }

    private QueueFigures QueueOf(string name)
    {
        if (_queues.TryGetValue(name, out var queue)) return queue;
        queue = new QueueFigures(name) { IsPaused = IsPaused(name) };
        queue.Told = queue.State;
        _queues.Add(name, queue);
        return queue;
    }

    /// <summary>Other pauses hold the lane now: what runs of it counts for those.</summary>
    private void MovePauses(Lane lane, string[] former)
    {
        if (lane.Leased == 0) return;
        foreach (var name in former)
        {
            if (_pauses.TryGetValue(name, out var pause)) pause.Running -= lane.Leased;
        }

        foreach (var name in lane.Rules.Pauses) _pauses[name].Running += lane.Leased;
    }

    /// <summary>A lease began (+1) or ended (-1).</summary>
    private void CountHeld(Lane lane, int delta)
    {
        foreach (var name in lane.Rules.Pauses)
        {
            var pause = _pauses[name];
            pause.Running += delta;
            SettlePause(name, pause);
        }

        if (lane.Queue.State != lane.Queue.Told) SettleQueue(lane.Queue);
    }

    private void SettlePause(string name, PauseGrain pause)
    {
        var kind = pause.Running > 0 ? EventKind.PausePausing : EventKind.PausePaused;
        if (pause.Told == kind) return;
        pause.Told = kind;
        if (IsHeard(kind)) EmitPause(kind, name, pause.Rule, pause.Running);
    }

    private void EmitPause(EventKind kind, string name, PauseRule rule, int running)
    {
        var match = rule.Match.Job;
        Emit(kind, null, Only(match.Types), Only(match.Tenants), Only(match.Queues), ("pause", name), ("running", running));
    }

    private static string? Only(IReadOnlyList<string> names) => names.Count == 1 ? names[0] : null;

    private void SettleQueue(QueueFigures queue)
    {
        if (queue.Told == queue.State) return;
        queue.Told = queue.State;
        var kind = queue.State switch
        {
            QueueState.Running => EventKind.QueueRunning,
            QueueState.Idle => EventKind.QueueIdle,
            QueueState.Pausing => EventKind.QueuePausing,
            _ => EventKind.QueuePaused,
        };
        if (IsHeard(kind)) Emit(kind, null, null, null, queue.Name, ("running", queue.Counts.Running), ("ready", queue.Counts.Ready));
    }
}
