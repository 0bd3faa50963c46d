using System.Buffers;
using System.Reflection;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;
using Microsoft.Extensions.Options;
using Worcr.Client;
using Worcr.Client.Running;
using Worcr.Grains;
using Worcr.Protocol.Worker;
using Worcr.SiloHost.Gateways.Sessions;
using Worcr.SiloHost.Gateways.SignalR;
using ClientHub = Worcr.Client.Hub;

namespace Worcr.Unit.Gateways;

/// <summary>The vectors of the worker protocol, read and written by server and SDK.</summary>
public sealed class WorkerVectorTests
{
    private readonly WorkerHubProtocol _server = new(Options.Create(new JsonHubProtocolOptions()));
    private readonly ClientHub.WorkerHubProtocol _client = new();

    public static TheoryData<string> Of(string direction) =>
        [.. Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "vectors"), "worker-*.json").Where(file => (string?)Read(file)["direction"] == direction).Select(file => Path.GetFileName(file)!).Order()];

    [Theory]
    [MemberData(nameof(Of), "client-to-server")]
    public void The_server_reads_what_a_worker_says(string vector)
    {
        var message = Message(vector);
        var read = Parse(_server, message, new Binder(HubParameters)).ShouldBeOfType<InvocationMessage>();
        read.Target.ShouldBe((string?)message["target"]);
        if (read.Arguments is not [SiloHost.Gateways.SignalR.ReportBatch reports]) return;
        reports.Fault.ShouldBeNull();
        var jobs = reports.Reports.Select(report => new JobContext { Lease = report.Lease.ToString(), Report = ReportOf(report) }).ToList();
        Written(_client, new InvocationMessage(read.InvocationId, "Report", [new ClientHub.ReportBatch(jobs)])).ShouldBeSameJsonAs(message);
    }

    [Theory]
    [MemberData(nameof(Of), "server-to-client")]
    public void The_worker_reads_what_the_server_says(string vector)
    {
        var message = Message(vector);
        var read = Parse(_client, message, new Binder(ClientParameters, AnswerType(vector)));
        if (read is CompletionMessage completion)
        {
            if (completion.Error is null) Written(_server, completion).ShouldBeSameJsonAs(message);
            else completion.Error.ShouldStartWith("\u0001");
            return;
        }

        var call = read.ShouldBeOfType<InvocationMessage>();
        call.Target.ShouldBe((string?)message["target"]);
        if (call.Arguments is not [ClientHub.RunBatch run]) return;
        var jobs = run.Jobs.Select(Leased).ToArray();
        Written(_server, new InvocationMessage("Run", [new RunBatch(jobs, 0, jobs.Length)])).ShouldBeSameJsonAs(message);
    }

    private static JobReport ReportOf(Report report) => new(
        report.Outcome switch { ReportOutcome.Complete => Worcr.Client.Running.JobOutcome.Complete, ReportOutcome.Fail => Worcr.Client.Running.JobOutcome.Fail, _ => Worcr.Client.Running.JobOutcome.Yield },
        report.Result,
        report.Error is { } error ? new JobFault(error.Code, error.Message, TimeSpan.FromMilliseconds(error.RetryAfterMs), error.Final) : null,
        (long)Math.Round(report.RunMs * 1_000))
    { UntilChildren = report.UntilChildren };

    private static LeasedJob Leased(JobContext job)
    {
        LeaseToken.TryParse(job.Lease, out var lease).ShouldBeTrue();
        return new LeasedJob(
            job.Id, lease, new LaneShape(job.Type, job.Tenant, job.Queue, [.. job.Tags], 1, 0, null), job.Args.ToArray(), job.Attempt, (long)job.Timeout.TotalMilliseconds,
            job.CheckpointsJson.IsEmpty ? null : job.CheckpointsJson.ToArray(), job.Meta.IsEmpty ? null : job.Meta.ToArray())
        {
            Children = job.Children is { } children ? new ChildCounts(children.Pending, children.Succeeded, children.Failed) : null,
        };
    }

    private static Type AnswerType(string vector) => vector switch
    {
        "worker-registered.json" => typeof(RegisterAnswer),
        "worker-reported.json" => typeof(ReportAnswer),
        "worker-acquired.json" => typeof(bool),
        _ => typeof(string),
    };

    private static Type[] HubParameters(string method) => [.. (typeof(WorkerHub).GetMethod(method, BindingFlags.Public | BindingFlags.Instance)
        ?? throw new InvalidOperationException($"The hub has no {method}.")).GetParameters().Select(parameter => parameter.ParameterType)];

    private static Type[] ClientParameters(string method) => method switch
    {
        "Interrupt" or "Cancel" => [typeof(string), typeof(string)],
        "Drain" => [typeof(string)],
        _ => throw new InvalidOperationException($"The worker has no {method}."),
    };

    private static HubMessage Parse(IHubProtocol protocol, JsonNode message, IInvocationBinder binder)
    {
        var input = new ReadOnlySequence<byte>(Encoding.UTF8.GetBytes(message.ToJsonString() + '\u001e'));
        protocol.TryParseMessage(ref input, binder, out var read).ShouldBeTrue();
        input.IsEmpty.ShouldBeTrue();
        return read!;
    }

    private static JsonNode Written(IHubProtocol protocol, HubMessage message)
    {
        var output = new ArrayBufferWriter<byte>();
        protocol.WriteMessage(message, output);
        output.WrittenSpan[^1].ShouldBe((byte)0x1E);
        return JsonNode.Parse(output.WrittenSpan[..^1])!;
    }

    private static JsonNode Message(string vector) => Read(Path.Combine(AppContext.BaseDirectory, "vectors", vector))["message"]!;

    private static JsonNode Read(string file) => JsonNode.Parse(File.ReadAllText(file))!;

    private sealed class Binder(Func<string, Type[]> parameters, Type? answer = null) : IInvocationBinder
    {
        public IReadOnlyList<Type> GetParameterTypes(string methodName) => parameters(methodName);

        public Type GetReturnType(string invocationId) => answer ?? typeof(object);

        public Type GetStreamItemType(string streamId) => throw new NotSupportedException();
    }
}
