using Worcr.Core.Fairness;
using Worcr.Core.Rules;

namespace Worcr.Grains.Rules;

/// <summary>A pause that stands: no job that it meets is started; it is complete when none runs any more.</summary>
internal sealed class PauseGrain
{
    public PauseGrain(string name, int rank)
    {
        Gate = new FairGate(rank, "pause\n" + name);
        Gate.Close();
    }

    /// <summary>Holds lanes back; never open.</summary>
    public FairGate Gate { get; }

    public required PauseRule Rule { get; set; }

    /// <summary>Jobs that it meets and that still run.</summary>
    public int Running { get; set; }

    /// <summary>What listeners were told last; null: nothing yet.</summary>
    public EventKind? Told { get; set; }

    /// <summary>Whether it meets all jobs of a queue label, whatever else they are.</summary>
    public bool Covers(string queue) =>
        Rule.Match is { Args.Count: 0, Job: { Types.Count: 0, Tenants.Count: 0, AllTags.Count: 0, AnyTags.Count: 0, NoTags.Count: 0 } job }
        && (job.Queues.Count == 0 || job.Queues.Contains(queue));
}
