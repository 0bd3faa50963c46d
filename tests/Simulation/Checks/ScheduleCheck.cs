using System.Globalization;
using Worcr.Core.Schedules;
using Worcr.Grains.Schedules;
using Worcr.Simulation.Server;
using Worcr.Simulation.World;

namespace Worcr.Simulation.Checks;

/// <summary>
/// A schedule's job is written together with the note that its time is dealt with, and is the only one of that time; one that is to miss nothing has a
/// job for every time.
/// </summary>
internal sealed class ScheduleCheck(SimulatedWorld world) : Check(world, "one job for each time of a schedule")
{
    private const long LateMs = 5_000;

    private static readonly Dictionary<string, long> Periods = new(StringComparer.Ordinal) { ["all"] = 2_000, ["once"] = 3_000, ["skip"] = 2_000, ["loose"] = 1_000 };
    private readonly Dictionary<string, ScheduleState> _states = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (long Epoch, long Number)> _latest = new(StringComparer.Ordinal);
    private readonly HashSet<Guid> _made = [];

    public override void Applying(PendingCommit commit)
    {
        var flush = commit.Work.Flush;
        var jobs = flush.Inserts.Where(j => !flush.Revivals.Contains(j.Seq)).ToLookup(j => Ledger.SpecOf(j).Template);
        var notes = flush.Resources.Where(r => r.Kind == ScheduleState.Kind).ToLookup(r => r.Name);
        foreach (var name in Periods.Keys)
        {
            Guid[] ids = [.. jobs[name].Select(j => j.Id)];
            foreach (var id in ids) Demand(_made.Add(id), $"schedule '{name}' makes {id} twice");
            Demand(ids.Length == 0 || notes.Contains(name), $"schedule '{name}' makes {ids.Length} jobs and does not say so");
            if (notes.Contains(name) && IsLatest(name, flush)) Compare(name, [.. notes[name].Select(n => n.Body is null ? null : ScheduleState.Decode(n.Body))], ids, flush);
        }
    }

    /// <summary>Of two flushes under way the later one may be written first, where a schedule was deleted in one and put again in the other: the store keeps what the later one says.</summary>
    private bool IsLatest(string name, Flush flush)
    {
        var number = (flush.Ownership.Epoch, flush.Number);
        if (_latest.TryGetValue(name, out var latest) && number.CompareTo(latest) < 0) return false;
        _latest[name] = number;
        return true;
    }

    /// <summary>A flush may note several states, and even several lives of a name.</summary>
    private void Compare(string name, ScheduleState?[] states, Guid[] ids, Flush flush)
    {
        var left = ids.ToHashSet();
        foreach (var state in states)
        {
            if (state is not null && _states.TryGetValue(name, out var former) && former.Life == state.Life) Moved(name, former, state, left, flush);
            if (state is null && World.IsHealed && name == "all" && _states.TryGetValue(name, out var last))
                Demand(last.Last >= flush.Now - LateMs, $"schedule '{name}' is {flush.Now - last.Last} ms late");
            if (state is null) _states.Remove(name);
            else _states[name] = state;
        }

        Demand(left.Count == 0, $"schedule '{name}' makes {left.Count} jobs for no time between its notes");
    }

    private void Moved(string name, ScheduleState former, ScheduleState state, HashSet<Guid> ids, Flush flush)
    {
        Demand(state.Last >= former.Last, $"schedule '{name}' goes back by {former.Last - state.Last} ms");
        var period = Periods[name];
        var life = string.Create(CultureInfo.InvariantCulture, $"{state.Life:x16}/{name}");
        var (times, made) = (0, 0);
        for (var at = ((former.Last / period) + 1) * period; at <= state.Last; at += period, times++)
        {
            if (ids.Remove(OccurrenceId.Create(World.Name, life, at))) made++;
        }

        World.Coverage.Count("schedule fired", made);
        if (times > made) World.Coverage.Count("schedule passed over a time", times - made);
        if (times > 1 && name == "all") World.Coverage.Count("schedule made up for times");
        Demand(name != "all" || made == times, $"schedule '{name}' has {times} times and makes {made} jobs");
        Demand(name != "once" || times == 0 || made > 0, $"schedule '{name}' has {times} times and makes no job");
        if (name == "skip" && made > 0 && former.LastJob is { } last && Ledger.Find(last) is { IsRevived: false } record)
            Demand(!Ledger.IsLive(record.Seq) || flush.Outcomes.Exists(o => o.Seq == record.Seq), $"job {Local(record.Seq)} of the last time lives");
    }
}
