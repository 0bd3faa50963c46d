namespace Worcr.SiloHost.Auth;

internal sealed partial class KeyEndpoints
{
    [LoggerMessage(1, LogLevel.Information, "Key {Name} with the role {Role} was made by {By}")]
    private partial void LogMade(string name, string role, string by);

    [LoggerMessage(2, LogLevel.Information, "Key {Name} was revoked by {By}")]
    private partial void LogRevoked(string name, string by);
}
