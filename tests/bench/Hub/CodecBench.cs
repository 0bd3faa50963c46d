using System.Buffers;
using System.Diagnostics;
using System.Globalization;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;
using Microsoft.Extensions.Options;
using Worcr.Grains;
using Worcr.Protocol;
using Worcr.SiloHost.Gateways.Sessions;
using Worcr.SiloHost.Gateways.SignalR;

namespace Worcr.HubBench;

/// <summary>The hot messages of the server's end: by hand against JsonHubProtocol with source-generated types.</summary>
internal static class CodecBench
{
    private const int Jobs = 250;

    public static int Run()
    {
        var options = new JsonHubProtocolOptions();
        options.PayloadSerializerOptions.TypeInfoResolverChain.Insert(0, BenchJson.Default);
        var json = new JsonHubProtocol(Options.Create(options));
        var hand = new WorkerHubProtocol(Options.Create(new JsonHubProtocolOptions()));
        var leased = Enumerable.Range(0, Jobs).Select(Job).ToArray();
        var run = new InvocationMessage("Run", [new RunBatch(leased, 0, Jobs)]);
        var wire = new InvocationMessage("Run", [leased.Select(Wire).ToArray()]);
        var output = new ArrayBufferWriter<byte>(1 << 20);
        Measure("Run, by hand", () => Write(hand, run, output));
        Measure("Run, JsonHubProtocol", () => Write(json, wire, output));
        Measure("Run, JsonHubProtocol and the wire objects", () => Write(json, new InvocationMessage("Run", [leased.Select(Wire).ToArray()]), output));

        var reports = leased.Select(job => new WireReport(job.Lease.ToString(), "complete", null, 0.012)).ToArray();
        Write(json, new InvocationMessage("7", "Report", [reports]), output);
        var bytes = output.WrittenSpan.ToArray();
        Measure("Report, by hand", () => Read(hand, bytes, new Binder(typeof(ReportBatch))));
        Measure("Report, JsonHubProtocol", () => Read(json, bytes, new Binder(typeof(WireReport[]))));
        return 0;
    }

    private static void Write(IHubProtocol protocol, HubMessage message, ArrayBufferWriter<byte> output)
    {
        output.ResetWrittenCount();
        protocol.WriteMessage(message, output);
    }

    private static void Read(IHubProtocol protocol, byte[] bytes, IInvocationBinder binder)
    {
        var input = new ReadOnlySequence<byte>(bytes);
        if (!protocol.TryParseMessage(ref input, binder, out var message) || message is not InvocationMessage) throw new InvalidOperationException("Not read.");
    }

    private static void Measure(string name, Action once)
    {
        for (var i = 0; i < 3_000; i++) once();
        var best = double.MaxValue;
        for (var round = 0; round < 5; round++)
        {
            var watch = Stopwatch.StartNew();
            for (var i = 0; i < 1_000; i++) once();
            best = Math.Min(best, watch.Elapsed.TotalMicroseconds / 1_000 / Jobs);
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name,-44} {best:F3} us a job"));
    }

    private static LeasedJob Job(int i)
    {
        var shape = new LaneShape("email.send", $"tenant-{i % 100}", "default", ["premium"], 1, 0, null);
        return new LeasedJob(JobId.Create(1_700_000_000_000, i, i), new LeaseToken(123_456 + i, 1, (uint)i * 7_919), shape, "{\"to\":\"someone@example.org\",\"n\":12345}"u8.ToArray(), 1, 1_800_000, null, null);
    }

    private static WireJob Wire(LeasedJob job) => new(
        job.Id, job.Lease.ToString(), job.Shape.Type, new RawJson(job.Args), job.Shape.Tenant, job.Shape.Queue, job.Shape.Tags, job.Attempt, $"{job.TimeoutMs / 1000}s");

    private sealed class Binder(Type parameter) : IInvocationBinder
    {
        private readonly Type[] _types = [parameter];

        public IReadOnlyList<Type> GetParameterTypes(string methodName) => _types;

        public Type GetReturnType(string invocationId) => typeof(object);

        public Type GetStreamItemType(string streamId) => typeof(object);
    }
}
