using Worcr.Simulation.Server;
using Worcr.Simulation.World;

namespace Worcr.Simulation.Checks;

/// <summary>A job that was answered as accepted is stored then, and for ever.</summary>
internal sealed class AcceptedCheck(SimulatedWorld world) : Check(world, "no accepted job is lost")
{
    private readonly HashSet<Guid> _accepted = [];

    public override void Replied(SimulatedEnvelope call, object reply)
    {
        if (call.Request is not EnqueueRequest request || reply is not EnqueueReply { Refusal: null } answer) return;
        Demand(answer.Jobs.Count == request.Jobs.Count, $"{request.Jobs.Count} jobs were answered with {answer.Jobs.Count}");
        for (var i = 0; i < answer.Jobs.Count; i++)
        {
            var job = answer.Jobs[i];
            var record = Stored(job.Id);
            _accepted.Add(job.Id);
            if (job.Duplicate) World.Coverage.Count("duplicate answered");
            else Demand(ReferenceEquals(record.Spec.Job.Args, request.Jobs[i].Args), $"job {Local(record.Seq)} is not what was asked for");
        }
    }

    public override void Ended()
    {
        foreach (var id in _accepted) Stored(id);
    }

    private JobRecord Stored(Guid id)
    {
        var record = Ledger.Find(id);
        Demand(record is not null, $"{id} was answered and is not stored");
        Demand(Ledger.IsLive(record!.Seq) || Ledger.Finished(record.Seq) is not null, $"job {Local(record.Seq)} has gone");
        return record;
    }
}
