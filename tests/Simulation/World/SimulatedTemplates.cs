using System.Globalization;
using System.Text;

namespace Worcr.Simulation.World;

/// <summary>Jobs of templates: a template is a name, and its jobs are known to the ledger by it.</summary>
internal sealed class SimulatedTemplates(SimulatedWorld world) : IJobTemplates
{
    private int _made;

    public Job? Create(byte[] template, long now)
    {
        var name = Encoding.UTF8.GetString(template);
        var job = new Job
        {
            Shape = new LaneShape("a", "t0", "default", [], 1, 0, null),
            Args = Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{{\"of\":\"{name}\",\"n\":{++_made}}}")),
            Options = new JobOptions { TimeoutMs = 2_000, Retry = new RetryPolicy { BaseMs = 100, CapMs = 500, MaxAttempts = 3 } },
        };
        world.Ledger.Add(new JobSpec { Batch = -_made, Size = 1, IsPlain = true, Job = job, DueAt = 0, Template = name });
        return job;
    }
}
