namespace Worcr.Player;

/// <summary>The server answered a call with an error.</summary>
internal sealed class HubException(string message) : Exception(message);
