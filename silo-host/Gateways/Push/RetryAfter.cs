using System.Net.Http.Headers;

namespace Worcr.SiloHost.Gateways.Push;

/// <summary>The header <c>Retry-After</c>.</summary>
internal static class RetryAfter
{
    private const long LongestMs = 24 * 3_600_000L;

    /// <summary>How long to wait, in milliseconds, at most a day; 0: it says nothing that can be read. A date counts from the answer's own date, if it has one: clocks differ.</summary>
    public static long MsOf(HttpResponseHeaders headers, DateTimeOffset now)
    {
        var wait = headers.RetryAfter switch
        {
            { Delta: { } delta } => delta,
            { Date: { } date } => date - (headers.Date ?? now),
            _ => TimeSpan.Zero,
        };
        return (long)Math.Clamp(wait.TotalMilliseconds, 0, LongestMs);
    }
}
