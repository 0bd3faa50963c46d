using Worcr.Core.Time;
using Worcr.Grains.Jobs;
using Worcr.Grains.Limits;
using Worcr.Grains.Rules;
using Worcr.Grains.Schedules;
using Worcr.Grains.Slo;
using Worcr.Grains.Workers;

namespace Worcr.Grains;

/// <summary>
/// Time. Alarms (due times and expiries) up to <see cref="_loadedUntil"/> are in memory, exact to the millisecond; later ones are read
/// from the store before they come near. A job with an alarm that cannot be kept in memory moves <see cref="_loadedUntil"/> before it.
/// </summary>
public sealed partial class Dispatcher
{
    /// <summary>How often expiries in the backlog are looked for at most; at the latest a job expires when it would be leased.</summary>
    private const long ExpiryPauseMs = 250;

    private long _loadedUntil;
    private long _alarmReadAt;
    private int _alarmed;
    private int _alarmsPassedOver;
    private bool _readingAlarms;

    private void Ring(Timed due)
    {
        switch (due)
        {
            case JobGrain { IsRunning: true } grain: RingRunning(grain); break;
            case JobGrain grain: RingWaiting(grain); break;
            case Session session: RingSession(session); break;
            case Waiter waiter: EndWait(waiter); break;
            case Bucket bucket: Settle(bucket); break;
            case Acquirer acquirer: RingAcquirer(acquirer); break;
            case SloKey key: RingSlo(key); break;
            case ShedGrain shed: TurnGate(shed); break;
            case Shedding shedding: RingShedding(shedding); break;
            case Expiry expiry: DeleteResource(expiry.Kind, expiry.Name); break;
            case ScheduleGrain schedule: Plan(schedule); break;
            default: throw new InvalidOperationException($"Nobody knows what to do with {due.GetType()}.");
        }
    }

    private void RingWaiting(JobGrain grain)
    {
        if (grain.Row.ExpiresAt > 0 && grain.Row.ExpiresAt <= _now)
        {
            Finish(grain, JobState.Expired, null, null);
            return;
        }

        if (grain.State != JobState.Ready) BecomeReady(grain);
        else if (grain.Row.ExpiresAt > 0) _timers.Set(grain, grain.Row.ExpiresAt);
        Refresh(grain.Lane);
    }

    /// <summary>A waiting job's time has come (or somebody does not want to wait for it).</summary>
    private void BecomeReady(JobGrain grain)
    {
        _timers.Clear(grain);
        var former = grain.Row;
        var row = grain.Row.Copy();
        row.State = JobState.Ready;
        row.DueAt = 0;
        row.ReadyAt = _now;
        row.LaneId = grain.Lane.Id;
        grain.Move(JobState.Ready);
        Store(grain, row);
        if (former.DueAt > 0)
        {
            CountWaiting(former.State, -1);
            Count(grain.Strand, +1);
        }

        Admit(grain.Strand, row, grain);
        Refresh(grain.Strand.Lane);
    }

    private bool KeepAlarm(long at)
    {
        if (at > _loadedUntil) return false;
        if (_alarmed < _options.AlarmJobs) return true;
        ForgetAlarmsFrom(at);
        return false;
    }

    private void AddAlarm(JobGrain grain) => _timers.Set(grain, grain.Row.AlarmAt);

    /// <summary>A ready job is only in the store from now on: if it is to expire, somebody has to look then.</summary>
    private void LeaveAlarm(Job row)
    {
        if (row.ExpiresAt > 0) _alarmReadAt = Math.Min(_alarmReadAt, Math.Max(row.ExpiresAt, _now + ExpiryPauseMs));
    }

    private void ForgetAlarmsFrom(long at)
    {
        _loadedUntil = at - 1;
        _alarmReadAt = Math.Min(_alarmReadAt, Math.Max(_loadedUntil, _now));
    }

    private void ReadAlarmsIfDue()
    {
        if (_now < _alarmReadAt || _readingAlarms) return;
        _readingAlarms = true;
        _alarmReadAt = long.MaxValue;
        _loadedUntil = Math.Max(_loadedUntil, _now + _options.AlarmHorizonMs);
        var request = new ReadAlarms(_ownership, _loadedUntil, _options.AlarmChunk + _alarmed + _alarmsPassedOver, _options.MaxInlineArgs);
        ReadCold((store, cancel) => store.ReadAlarmsAsync(request, cancel), rows => AlarmsRead(request, rows));
    }

    private void AlarmsRead(ReadAlarms request, IReadOnlyList<Job> rows)
    {
        var passedOver = 0;
        foreach (var row in rows)
        {
            if (_jobs.ContainsKey(row.Seq) || WasTouched(row.Seq)) continue;
            if (row.DueAt == 0 && row.ExpiresAt > _now) passedOver++;
            LoadAlarm(row);
        }

        if (rows.Count >= request.Limit) _loadedUntil = Math.Min(_loadedUntil, rows[^1].AlarmAt - 1);
        var ahead = _alarmed < _options.AlarmJobs ? _options.AlarmHorizonMs / 4 : 0;
        _alarmReadAt = Math.Min(_alarmReadAt, Math.Max(_now, _loadedUntil - ahead));
        PassOver(passedOver, isFull: rows.Count >= request.Limit);
        _readingAlarms = false;
    }

    /// <summary>Ready jobs that expire later stay in the store: when they fill a read, the next one reaches farther, and not at once.</summary>
    private void PassOver(int jobs, bool isFull)
    {
        _alarmsPassedOver = isFull ? Math.Min(_options.AlarmJobs, 2 * jobs) : 0;
        if (isFull && jobs >= _options.AlarmChunk) _alarmReadAt = Math.Max(_alarmReadAt, _now + ExpiryPauseMs);
    }

    private void LoadAlarm(Job row)
    {
        var lane = LaneOf(row.Shape, row.LaneId);
        if (row.DueAt == 0)
        {
            if (row.ExpiresAt <= _now) FinishCold(row, JobState.Expired);
            else LeaveAlarm(row);
            return;
        }

        var grain = new JobGrain(row, StrandOf(lane, row.Priority));
        Enter(grain);
        if (row.AlarmAt <= _now) RingWaiting(grain);
        else AddAlarm(grain);
    }
}
