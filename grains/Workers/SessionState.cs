namespace Worcr.Grains.Workers;

/// <summary>Where a session stands.</summary>
internal enum SessionState
{
    /// <summary>Connected.</summary>
    Attached,

    /// <summary>Connected, and gets no more jobs.</summary>
    Draining,

    /// <summary>The connection broke; its leases wait for it.</summary>
    Detached,

    /// <summary>Gone.</summary>
    Closed,
}
