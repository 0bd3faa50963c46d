using Worcr.Grains.Rules;

namespace Worcr.Grains;

/// <summary>What listeners hear of jobs that are shed: when it begins, and when it has ended, by rule; <c>""</c> is the dispatcher's own admission control.</summary>
public sealed partial class Dispatcher
{
    /// <summary>Shedding has ended when nothing was shed for so long, in milliseconds: so there are at most two events a rule in this time.</summary>
    private const long SheddingQuietMs = 5_000;

    private readonly Dictionary<string, Shedding> _shedding = new(StringComparer.Ordinal);

    private void NoteShedding(ShedGrain? shed, int jobs)
    {
        var isNew = !_shedding.TryGetValue(shed?.Name ?? "", out var shedding);
        shedding ??= _shedding[shed?.Name ?? ""] = new Shedding(shed?.Name, shed?.Rule);
        shedding.Jobs += jobs;
        shedding.LastAt = _now;
        if (!isNew) return;
        _timers.Set(shedding, _now + SheddingQuietMs);
        EmitShedding(shedding, "began");
    }

    private void RingShedding(Shedding shedding)
    {
        if (shedding.LastAt + SheddingQuietMs > _now)
        {
            _timers.Set(shedding, shedding.LastAt + SheddingQuietMs);
            return;
        }

        _shedding.Remove(shedding.Name ?? "");
        EmitShedding(shedding, "ended");
    }

    private void EmitShedding(Shedding shedding, string state)
    {
        if (!IsHeard(EventKind.LoadShedding)) return;
        var match = shedding.Rule?.Match.Job;
        Emit(
            EventKind.LoadShedding,
            null,
            match is null ? null : Only(match.Types),
            match is null ? null : Only(match.Tenants),
            match is null ? null : Only(match.Queues),
            ("state", state),
            ("rule", shedding.Name),
            ("action", shedding.Rule?.Action.ToString().ToLowerInvariant()),
            ("jobs", shedding.Jobs),
            ("level", _admission.Level),
            ("load", _admission.Load),
            ("delayMs", _admission.DelayMs));
    }
}
