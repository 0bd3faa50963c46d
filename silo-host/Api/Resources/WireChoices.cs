using Worcr.Core.Fairness;
using Worcr.Core.Limits;
using Worcr.Core.Rules;
using Worcr.Core.Schedules;

namespace Worcr.SiloHost.Api.Resources;

/// <summary>How the enumerations of resources are written.</summary>
internal static class WireChoices
{
    /// <summary>How the next job is chosen.</summary>
    public static WireChoice<FairStrategy> Fairness { get; } = new("fair", "fifo", "round-robin", "least-running", "random", "strict");

    /// <summary>What a job costs.</summary>
    public static WireChoice<FairCharge> Charge { get; } = new("job", "runtime");

    /// <summary>Kinds of limits.</summary>
    public static WireChoice<LimitKind> LimitKind { get; } = new("concurrency", "fixedWindow", "slidingWindow", "tokenBucket");

    /// <summary>Who acquires a limit.</summary>
    public static WireChoice<LimitUse> LimitUse { get; } = new("job", "worker");

    /// <summary>What happens to missed times.</summary>
    public static WireChoice<MissedRuns> Missed { get; } = new("skip", "once", "all");

    /// <summary>What happens while the last job runs.</summary>
    public static WireChoice<RunOverlap> Overlap { get; } = new("allow", "skip");

    /// <summary>What happens on a violation.</summary>
    public static WireChoice<ViolationAction> OnViolation { get; } = new("report", "interrupt", "deprioritise");

    /// <summary>What happens to a shed job.</summary>
    public static WireChoice<ShedAction> ShedAction { get; } = new("reject", "discard", "defer");

    /// <summary>How delays grow.</summary>
    public static WireChoice<Backoff> Backoff { get; } = new("exponential", "linear", "fixed");

    /// <summary>Whether an endpoint is sent jobs.</summary>
    public static WireChoice<EndpointState> EndpointState { get; } = new("open", "resting", "trying", "paused");

    /// <summary>What an operator wants of a worker.</summary>
    public static WireChoice<WorkerOrder> WorkerOrder { get; } = new("quiet", "end");

    /// <summary>Nothing is wanted of a worker.</summary>
    public const string NoOrder = "none";

    /// <summary>The only effect of a route.</summary>
    public const string Prohibit = "prohibit";

    /// <summary>The state of a pause while matching jobs run.</summary>
    public const string Pausing = "pausing";

    /// <summary>The state of a pause when none runs any more.</summary>
    public const string Paused = "paused";
}
