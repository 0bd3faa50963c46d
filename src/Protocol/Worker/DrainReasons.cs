namespace Worcr.Protocol.Worker;

/// <summary>What the server says with <c>Drain</c> when more is meant than "finish what you hold"; see also <see cref="KeyBounds.TokenExpires"/>.</summary>
public static class DrainReasons
{
    /// <summary>An operator ended the worker: leave, and do not come back.</summary>
    public const string Ended = "ended by an operator";
}
