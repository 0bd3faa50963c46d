using Worcr.SiloHost.Api;

namespace Worcr.SiloHost.Auth;

/// <summary>Decides whether a request may go on to its endpoint.</summary>
public interface IGate
{
    /// <summary>Null to let it pass, else why not.</summary>
    ValueTask<Fault?> CheckAsync(HttpContext context);
}
