namespace Worcr.Grains.Simulation;

/// <summary>A simulated tenant.</summary>
/// <param name="Group">What became of its jobs.</param>
/// <param name="Share">Its share.</param>
/// <param name="Service">What it got while it waited beside others, in jobs or seconds over weight.</param>
/// <param name="Entitlement">What its share entitled it to of that; 0: it never waited beside others.</param>
public sealed record SimulatedTenant(SimulatedGroup Group, double Share, double Service, double Entitlement);
