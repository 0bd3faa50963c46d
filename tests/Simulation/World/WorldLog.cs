namespace Worcr.Simulation.World;

/// <summary>The record of what happened, as one of several namespaces writes it.</summary>
/// <param name="log">The record of the run.</param>
/// <param name="of">Whose; <c>""</c>: there is only one.</param>
internal sealed class WorldLog(EventLog log, string of)
{
    public void Add(string what, long a = 0, long b = 0) => log.Add(of.Length == 0 ? what : $"{of}: {what}", a, b);
}
