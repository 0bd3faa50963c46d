using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace Worcr.Core.Fairness;

/// <summary>
/// Asks the processor to fetch memory that will be read soon. Choosing reads little of very much; most of its time would be waiting for memory. A hint: nothing is
/// read or changed, and where a processor has no such hint, nothing happens.
/// </summary>
internal static class CacheAhead
{
    private const int Line = 64;

    /// <summary>The cache line of a place.</summary>
    public static unsafe void FetchLine<T>(ref T place)
    {
        if (Sse.IsSupported) Sse.Prefetch0(Unsafe.AsPointer(ref place));
    }

    /// <summary>An object's first three lines: all that a choice reads of it.</summary>
    public static unsafe void FetchObject(object item)
    {
        if (!Sse.IsSupported) return;
        var start = *(byte**)Unsafe.AsPointer(ref item);
        Sse.Prefetch0(start);
        Sse.Prefetch0(start + Line);
        Sse.Prefetch0(start + (2 * Line));
    }
}
