namespace Worcr.Grains;

/// <summary>Whether an endpoint is sent jobs.</summary>
public enum EndpointState
{
    /// <summary>As many as it has slots.</summary>
    Open,

    /// <summary>None for a while: it asked for that, or could not be reached.</summary>
    Resting,

    /// <summary>One, to see whether it is back.</summary>
    Trying,

    /// <summary>None: it is paused.</summary>
    Paused,
}
