namespace Worcr.Grains.Simulation;

/// <summary>A tenant that waits beside others, or not.</summary>
internal sealed class Contender(double share)
{
    public double Share { get; } = share;

    /// <summary>Jobs that wait for their first start.</summary>
    public int Waiting { get; set; }

    /// <summary>The virtual time up to which its entitlement is counted.</summary>
    public double Since { get; set; }

    public double Service { get; set; }

    public double Entitlement { get; set; }
}
