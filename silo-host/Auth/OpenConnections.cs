using System.Collections.Concurrent;

namespace Worcr.SiloHost.Auth;

/// <summary>Connections that stay open after they were let in (WebSockets, event streams): they end with the key that opened them.</summary>
internal sealed class OpenConnections(IKeyRing ring, TimeProvider time)
{
    private readonly ConcurrentDictionary<string, (HttpContext Context, Principal Principal)> _open = new(StringComparer.Ordinal);

    /// <summary>A request that may stay open.</summary>
    public void Add(HttpContext context, Principal principal)
    {
        var number = context.TraceIdentifier;
        _open[number] = (context, principal);
        context.Response.OnCompleted(() =>
        {
            _open.TryRemove(number, out _);
            return Task.CompletedTask;
        });
    }

    /// <summary>Cuts off those whose key or token is good no more.</summary>
    public void Check()
    {
        foreach (var (number, (context, principal)) in _open)
        {
            if (!IsGood(principal) && context.TraceIdentifier == number) context.Abort();
        }
    }

    private bool IsGood(Principal principal) =>
        ring.IsGood(principal.KeyId) && (principal.ExpiresAt == 0 || principal.ExpiresAt > time.GetUtcNow().ToUnixTimeMilliseconds());
}
