namespace Worcr.SiloHost.Auth;

internal sealed partial class KeyRing
{
    [LoggerMessage(1, LogLevel.Warning, "The keys cannot be read now; those known stay good: {Reason}")]
    private partial void LogCannotRefresh(string reason);

    [LoggerMessage(2, LogLevel.Warning, "Key {Name} has the role {Role}, which this build does not know: it opens nothing here")]
    private partial void LogUnknownRole(string name, string role);
}
