using System.Diagnostics.CodeAnalysis;

namespace Worcr.Simulation.World;

/// <summary>The live jobs of one namespace, as stored.</summary>
internal sealed class LiveJobs(SortedDictionary<long, Job> all, Func<long, bool> owns)
{
    public IEnumerable<Job> Values => all.Values.Where(j => owns(j.Seq));

    public bool IsEmpty => !Values.Any();

    public Job this[long seq] => owns(seq) ? all[seq] : throw new KeyNotFoundException($"{seq} is of another namespace");

    public bool ContainsKey(long seq) => owns(seq) && all.ContainsKey(seq);

    public bool TryGetValue(long seq, [NotNullWhen(true)] out Job? job)
    {
        job = null;
        return owns(seq) && all.TryGetValue(seq, out job);
    }
}
