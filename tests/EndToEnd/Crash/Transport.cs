namespace Worcr.EndToEnd.Crash;

/// <summary>How a worker is connected.</summary>
internal enum Transport
{
    /// <summary>The hub protocol over a bare WebSocket.</summary>
    Hub,

    /// <summary>HTTP long poll.</summary>
    Http,

    /// <summary>The Workq protocol.</summary>
    Workq,

    /// <summary>The Faktory work protocol.</summary>
    Faktory,

    /// <summary>The JavaScript SDK in Node.js, on the hub.</summary>
    Node,

    /// <summary>The Python SDK.</summary>
    Python,

    /// <summary><c>worcr work --exec</c>.</summary>
    Exec,
}
