using System.Globalization;
using System.Text;

namespace Worcr.ApiBench;

/// <summary>What producers send.</summary>
internal static class Bodies
{
    /// <summary>The job of most benchmarks: a type and small arguments.</summary>
    public static byte[] Small(int jobs) => Build(jobs, i => string.Create(CultureInfo.InvariantCulture, $$$"""{"type":"bench.noop","args":{"n":{{{i}}}}}"""));

    /// <summary>A job as applications write it.</summary>
    public static byte[] Usual(int jobs) => Build(jobs, i => string.Create(
        CultureInfo.InvariantCulture,
        $$$"""{"type":"email.send","args":{"to":"someone{{{i}}}@example.com","template":"welcome","data":{"n":{{{i}}},"ok":true}},"tenant":"tenant-{{{i % 100}}}","tags":["premium","eu"],"weight":2,"slo":"5m"}"""));

    private static byte[] Build(int jobs, Func<int, string> one) =>
        Encoding.UTF8.GetBytes(jobs == 1 ? one(1) : "[" + string.Join(',', Enumerable.Range(0, jobs).Select(one)) + "]");
}
