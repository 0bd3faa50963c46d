using Worcr.Simulation.Server;
using Worcr.Simulation.World;

namespace Worcr.Simulation.Checks;

/// <summary>What callers are shown is durable, and the figures agree with each other.</summary>
internal sealed class ViewCheck(SimulatedWorld world) : Check(world, "what is shown is so")
{
    private const long PatienceMs = 1_500;

    public override void Replied(SimulatedEnvelope call, object reply)
    {
        switch (reply)
        {
            case JobReply { Job: { } view }: Shown(call, view); break;
            case JobReply: Demand(Named(call) is not { } id || Ledger.Find(id) is null, "a stored job was not found"); break;
            case StatsReply stats: Demand(stats.Jobs is { Ready: >= 0, Running: >= 0 }, $"{stats.Jobs.Ready} jobs are ready, {stats.Jobs.Running} running"); break;
        }
    }

    /// <summary>A former owner does not know what its successor stored.</summary>
    private static Guid? Named(SimulatedEnvelope call) => !call.Silo!.IsOwner ? null : call.Request switch
    {
        GetJobRequest get => get.Id,
        WaitJobRequest wait => wait.Id,
        _ => null,
    };

    private void Shown(SimulatedEnvelope call, JobView view)
    {
        var record = Ledger.Of(view.Job.Seq);
        Demand(ReferenceEquals(view.Job.Args, record.Spec.Job.Args), $"job {Local(record.Seq)} is shown with other arguments");
        if (!view.Job.State.IsFinal()) return;
        Demand(record.Ends.Contains((view.Job.Attempt, view.Job.State)), $"job {Local(record.Seq)} is shown as {view.Job.State} in attempt {view.Job.Attempt}, and is not stored so");
        if (call.Request is not WaitJobRequest { WaitMs: > 0 }) return;
        World.Coverage.Count("wait answered with the end");
        var late = World.Now - Math.Max(call.SentAt, record.EndedAt);
        Demand(World.Scenario.PauseEvery > 0 || late < PatienceMs, $"who waits for job {Local(record.Seq)} hears {late} ms late of its end");
    }
}
