namespace Worcr.SiloHost.Gateways.Tcp;

/// <summary>Why a connection was cut off.</summary>
internal enum TcpCut
{
    /// <summary>It was not.</summary>
    None,

    /// <summary>No request for too long.</summary>
    Idle,

    /// <summary>A request that did not arrive in time.</summary>
    Stalled,

    /// <summary>Replies that nobody read.</summary>
    Unread,
}
