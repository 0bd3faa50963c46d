using System.Text.Json;
using Worcr.Simulation.Server;
using Worcr.Simulation.World;

namespace Worcr.Simulation.Checks;

/// <summary>What was answered as saved is handed to the next attempt.</summary>
internal sealed class CheckpointCheck(SimulatedWorld world) : Check(world, "saved checkpoints come back")
{
    public override void Replied(SimulatedEnvelope call, object reply)
    {
        if (call.Request is NoteRequest.Checkpoint note && reply is NoteReply { Accepted: true, Refusal: null }) Ledger.Of(note.Lease.Seq).Saved[note.Name] = note.Lease.Attempt;
    }

    public override void Told(LeasedJob job, JobRecord record)
    {
        if (record.Saved.Count == 0) return;
        using var values = JsonDocument.Parse(job.Checkpoints ?? "{}"u8.ToArray());
        foreach (var (name, attempt) in record.Saved)
        {
            if (attempt >= job.Attempt) continue;
            Demand(values.RootElement.TryGetProperty(name, out _), $"attempt {job.Attempt} of job {Local(record.Seq)} misses checkpoint {name} of attempt {attempt}");
            World.Coverage.Count("checkpoint handed on");
        }
    }
}
