namespace Worcr.Protocol;

/// <summary>The figures of one tenant or type.</summary>
/// <param name="Name">Its name; <c>""</c> is the tenant without one.</param>
/// <param name="Jobs">Its jobs.</param>
public sealed record StatsGroup(string Name, StatsCounts Jobs);
