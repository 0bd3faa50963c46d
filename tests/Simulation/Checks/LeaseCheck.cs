using Worcr.Simulation.World;

namespace Worcr.Simulation.Checks;

/// <summary>A lease is durable before its worker hears of it, and then every earlier one of the job has durably ended.</summary>
internal sealed class LeaseCheck(SimulatedWorld world) : Check(world, "at most one live lease, durable before it is told")
{
    public override void Told(LeasedJob job, JobRecord record)
    {
        var token = job.Lease;
        Demand(
            record.Leases.TryGetValue(token.Attempt, out var lease) && lease.Nonce == token.Nonce,
            $"a worker is told of job {Local(token.Seq)} attempt {token.Attempt}, whose lease is not stored");
        Demand(record.MaxTold != token.Attempt || record.MaxTold == 0, $"job {Local(token.Seq)} attempt {token.Attempt} is told twice");
        Demand(ReferenceEquals(job.Args, record.Spec.Job.Args), $"job {Local(token.Seq)} is told with other arguments");
        if (token.Attempt < record.MaxTold || !Store.Live.TryGetValue(token.Seq, out var row)) return;
        Demand(row.Attempt >= record.MaxTold, $"job {Local(token.Seq)} attempt {token.Attempt} is told while attempt {record.MaxTold} is open (stored attempt {row.Attempt})");
    }
}
