using Worcr.Protocol;

namespace Worcr.SiloHost.Api;

/// <summary>Durations of the core as they are written.</summary>
internal static class Spans
{
    /// <summary>From milliseconds; null for 0, which means "not said".</summary>
    public static Duration? Of(long milliseconds) => milliseconds == 0 ? null : new Duration(milliseconds);
}
