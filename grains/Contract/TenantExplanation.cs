namespace Worcr.Grains;

/// <summary>A tenant among the others.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Share">Its share.</param>
/// <param name="Ready">Ready jobs.</param>
/// <param name="Running">Running jobs.</param>
/// <param name="Lag">How far it is ahead of the namespace's virtual time (it waits longer), or behind (it is served soon); in jobs of weight 1 and share 1.</param>
/// <param name="Ahead">How many active tenants are served before it.</param>
/// <param name="StartsPerSecond">How many of its jobs started a second lately.</param>
public sealed record TenantExplanation(string Name, double Share, long Ready, long Running, double Lag, int Ahead, double StartsPerSecond);
