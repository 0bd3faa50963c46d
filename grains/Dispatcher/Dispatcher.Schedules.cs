using Worcr.Core.Rules;
using Worcr.Core.Schedules;
using Worcr.Grains.Schedules;

namespace Worcr.Grains;

/// <summary>
/// Schedules. The job of a time and the note that this time is dealt with are one transaction: so there is one job for each time, whatever crashes. A schedule
/// begins when it is put and, as it then stands, whenever it is edited: what was due before is dealt with by what stood then. Times that pass while it is
/// paused are not missed.
/// </summary>
public sealed partial class Dispatcher
{
    private const int ShownRuns = 5;

    private readonly Dictionary<string, ScheduleGrain> _schedules = new(StringComparer.Ordinal);

    private void ApplySchedule(string name, ScheduleRule? rule)
    {
        if (!_schedules.TryGetValue(name, out var schedule))
        {
            schedule = new ScheduleGrain(name, rule!, new ScheduleState(_now, _chance.NextInt64()));
            _schedules.Add(name, schedule);
            Note(schedule, schedule.State);
            Plan(schedule);
        }
        else if (rule is null)
        {
            Delete(schedule);
        }
        else
        {
            Edit(schedule, rule);
        }
    }

    private void Delete(ScheduleGrain schedule)
    {
        _timers.Clear(schedule);
        _schedules.Remove(schedule.Name);
        Operate(schedule);
        _work.Flush.Resources.Add(new ResourceChange(ScheduleState.Kind, schedule.Name, null));
    }

    private void Edit(ScheduleGrain schedule, ScheduleRule rule)
    {
        var wasPaused = schedule.Rule.IsPaused;
        Plan(schedule);
        schedule.Edit(rule);
        if (schedule.IsAsking) schedule.IsEdited = true;
        else if (!_draining || wasPaused) Begin(schedule);
    }

    /// <summary>From now on it stands as it was edited.</summary>
    private void Begin(ScheduleGrain schedule)
    {
        schedule.IsEdited = false;
        Note(schedule, schedule.State with { Last = Math.Max(schedule.State.Last, _now) });
        Plan(schedule);
    }

    /// <summary>Enqueues what is due, and sets the timer for what comes next.</summary>
    private void Plan(ScheduleGrain schedule)
    {
        _timers.Clear(schedule);
        if (_draining || schedule.IsAsking || schedule.Schedule is not { } times) return;
        var plan = times.Plan(schedule.State.Last, _now, lastLives: false);
        if (plan.Enqueue.Count > 0 && times.Overlap == RunOverlap.Skip && schedule.State.LastJob is { } last) AskWhetherLives(schedule, times, last);
        else Carry(schedule, plan);
    }

    /// <summary>The job of the last time may be in memory, in the store only, or gone.</summary>
    private void AskWhetherLives(ScheduleGrain schedule, Schedule times, Guid last)
    {
        if (Find(last) is not null)
        {
            Carry(schedule, times.Plan(schedule.State.Last, _now, lastLives: true));
            return;
        }

        schedule.IsAsking = true;
        var find = new FindJob(_ownership, last);
        ReadCold((store, cancel) => store.FindAsync(find, cancel), stored =>
        {
            schedule.IsAsking = false;
            if (!IsCurrent(schedule) || _draining) return;
            if (stored is not null && WasTouched(stored.Job.Seq)) AskWhetherLives(schedule, times, last);
            else Carry(schedule, times.Plan(schedule.State.Last, _now, stored is not null && !stored.Job.State.IsFinal()));
        });
    }

    private void Carry(ScheduleGrain schedule, SchedulePlan plan)
    {
        var jobs = plan.Enqueue.Select(at => JobOf(schedule, at)).OfType<Job>().ToArray();
        if (jobs.Any(j => j.Options.Unique is not null))
        {
            CarryUnique(schedule, jobs, plan);
            return;
        }

        var state = schedule.State with { Last = plan.Last };
        if (jobs.Length > 0) state = state with { LastRun = plan.Enqueue[^1], LastJob = jobs[^1].Id };
        foreach (var job in jobs) Accept(job);
        Note(schedule, state);
        if (schedule.IsEdited) Begin(schedule);
        else SetTimer(schedule, plan.NextAt);
    }

    /// <summary>Jobs with a unique key go the way of all such jobs: who has the key stands in the store. A time whose key is taken is dealt with, too.</summary>
    private void CarryUnique(ScheduleGrain schedule, Job[] jobs, SchedulePlan plan)
    {
        schedule.IsAsking = true;
        for (var i = 0; i < jobs.Length; i++)
        {
            var (at, isLast) = (plan.Enqueue[i], i == jobs.Length - 1);
            Claim([jobs[i]], reply =>
            {
                schedule.IsAsking = !isLast;
                if (!IsCurrent(schedule)) return;
                var state = schedule.State with { Last = isLast ? plan.Last : at };
                Note(schedule, reply.Jobs is [{ Duplicate: false } job] ? state with { LastRun = at, LastJob = job.Id } : state);
                if (!isLast) return;
                if (schedule.IsEdited) Begin(schedule);
                else Plan(schedule);
            });
        }
    }

    private Job? JobOf(ScheduleGrain schedule, long at)
    {
        var job = _templates.Create(schedule.Rule.Job, _now);
        schedule.IsRefused = job is null;
        if (job is null) return null;
        job.Id = schedule.IdOf(_ownership.Name, at);
        job.HasClientId = true;
        return job;
    }

    /// <summary>The rest of a long backlog comes with the next turns, so that others have theirs in between.</summary>
    private void SetTimer(ScheduleGrain schedule, long at)
    {
        if (at < long.MaxValue) _timers.Set(schedule, Math.Max(at, _now + 1));
    }

    private void Note(ScheduleGrain schedule, ScheduleState state)
    {
        if (state == schedule.State && schedule.StateFlush > 0) return;
        schedule.State = state;
        Operate(schedule);
        _work.Flush.Resources.Add(new ResourceChange(ScheduleState.Kind, schedule.Name, state.Encode()));
    }

    private void Operate(ScheduleGrain schedule)
    {
        if (schedule.StateFlush != _work.Number) _work.Needs = Math.Max(_work.Needs, schedule.StateFlush);
        schedule.StateFlush = _work.Number;
    }

    private bool IsCurrent(ScheduleGrain schedule) => _schedules.TryGetValue(schedule.Name, out var current) && ReferenceEquals(current, schedule);

    /// <summary>What was due while nobody looked is dealt with in the first turn.</summary>
    private void RecoverSchedules(IReadOnlyList<ResourceChange> resources)
    {
        foreach (var resource in resources.Where(r => r.Kind == ScheduleState.Kind))
        {
            if (ResourceOf<ScheduleRule>(ResourceKind.Schedule, resource.Name) is not { } rule) continue;
            var schedule = new ScheduleGrain(resource.Name, rule, ScheduleState.Decode(resource.Body!));
            _schedules.Add(resource.Name, schedule);
            _timers.Set(schedule, _now);
        }

        foreach (var (name, rule) in ResourcesOf(ResourceKind.Schedule).Where(r => !_schedules.ContainsKey(r.Key)).ToArray()) ApplySchedule(name, (ScheduleRule)rule);
    }

    private const string NeverFires = "No time matches any more: it enqueues nothing.";

    private ResourceFigures FiguresOf(ScheduleGrain schedule) => new()
    {
        NextRuns = [.. ScheduleGrain.NextRuns(schedule.Schedule, _now, ShownRuns)],
        LastRun = schedule.State.LastRun,
        LastJob = schedule.State.LastJob,
        Warnings = schedule switch
        {
            { Schedule: null } => ["This machine does not understand its expression or does not know its time zone: it enqueues nothing."],
            { IsRefused: true } => ["This version refuses its job: its times pass without one."],
            { Rule.IsPaused: false } when !ScheduleGrain.NextRuns(schedule.Schedule, _now, 1).Any() => [NeverFires],
            _ => [],
        },
    };
}
