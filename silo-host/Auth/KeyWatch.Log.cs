namespace Worcr.SiloHost.Auth;

internal sealed partial class KeyWatch
{
    [LoggerMessage(1, LogLevel.Warning, "There is no key, so nobody can call this silo: make an admin key with `worcr key create --role admin` on its database, or set WORCR_BOOTSTRAP_KEY")]
    private partial void LogNobody();
}
