namespace Worcr.Protocol;

/// <summary>A tenant among the others.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Share">Its share.</param>
/// <param name="Ready">Ready jobs.</param>
/// <param name="Running">Running jobs.</param>
/// <param name="Lag">Its virtual time less the namespace's: above 0 it waits longer, below 0 it is served soon; in jobs of weight 1 and share 1.</param>
/// <param name="Ahead">Active tenants that are served before it.</param>
/// <param name="StartsPerSecond">How many of its jobs started a second lately.</param>
public sealed record TenantStanding(string Name, double Share, long Ready, long Running, double Lag, int Ahead, double StartsPerSecond);
