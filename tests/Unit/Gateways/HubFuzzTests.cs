using System.Buffers;
using System.Net.WebSockets;
using System.Reflection;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;
using Microsoft.Extensions.Options;
using Worcr.SiloHost.Gateways.SignalR;
using Worcr.Unit.Gateways.Tcp;

namespace Worcr.Unit.Gateways;

/// <summary>Nothing that a client of the hub sends breaks the parser, the hub, or other workers.</summary>
public sealed class HubFuzzTests
{
    private const int Inputs = 100_000;
    private const int Connections = 60;
    private const int FramesPerConnection = 50;
    private const long Memory = 64L << 20;
    private const byte End = 0x1E;

    private static readonly byte[][] Seeds =
    [
        .. Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "vectors"), "worker-*.json").Order(StringComparer.Ordinal)
            .Select(file => Encoding.UTF8.GetBytes(JsonNode.Parse(File.ReadAllText(file))!["message"]!.ToJsonString() + (char)End)),
        .. new[] { """{"type":6}""", """{"type":7,"error":"e"}""", """{"type":5,"invocationId":"1"}""", """{"type":4,"invocationId":"1","target":"Log","arguments":[]}""" }.Select(f => Encoding.UTF8.GetBytes(f + (char)End)),
    ];

    private static readonly LineFuzz Fuzz = new(
        [.. new[] { " ", "{", "}", "[", "]", "\"", ":", ",", "null", "-1", "1e999", "99999999999999999999", "\\ud800", "\\u0000", "true", "\0", "\u001e", "é", "\u00ff", "\"Report\"", "\"lease\"", new string('[', 70), "0-0-00000000" }.Select(Encoding.Latin1.GetBytes)]);

    [Fact]
    public void Every_frame_is_a_message_or_refused()
    {
        var (chance, binder) = (new Random(20261122), new Binder());
        var protocol = new WorkerHubProtocol(Options.Create(new JsonHubProtocolOptions()));
        var (messages, refused, reports) = (0, 0, 0);
        for (var i = 0; i < Inputs; i++)
        {
            var input = InPieces(chance, Fuzz.Next(chance, Seeds));
            try
            {
                for (var before = input.Length; protocol.TryParseMessage(ref input, binder, out var message); before = input.Length)
                {
                    input.Length.ShouldBeLessThan(before);
                    messages++;
                    reports += message is InvocationMessage { Arguments: [ReportBatch] } ? 1 : 0;
                }
            }
            catch (InvalidDataException)
            {
                refused++; // SignalR closes the connection with it
            }
        }

        messages.ShouldBeGreaterThan(1_000);
        reports.ShouldBeGreaterThan(1_000);
        refused.ShouldBeGreaterThan(1_000);
    }

    [Fact]
    public async Task Frames_of_any_kind_harm_nobody_else()
    {
        await using var host = await GatewayHost.StartAsync();
        using var honest = await RawHub.RegisterAsync(host.Url, slots: 1, worker: "honest");
        var chance = new Random(20261123);
        var before = GC.GetTotalMemory(forceFullCollection: true);
        for (var i = 0; i < Connections; i++) await AbuseAsync(host.Url, chance);
        (GC.GetTotalMemory(forceFullCollection: true) - before).ShouldBeLessThan(Memory);
        host.Dispatcher.Add(1);
        var lease = (await honest.RunAsync()).ShouldHaveSingleItem();
        (await honest.CallAsync("Report", (object)new[] { new { lease, outcome = "complete" } }))["error"].ShouldBeNull();
        (await host.Http.GetAsync(new Uri("/hubs/worker", UriKind.Relative), TestContext.Current.CancellationToken)).StatusCode.ShouldBe(System.Net.HttpStatusCode.BadRequest);
    }

    /// <summary>Sends frames until the server has enough of it, and asks for an answer at the end.</summary>
    private static async Task AbuseAsync(Uri url, Random chance)
    {
        using var hub = await RawHub.ConnectAsync(url);
        try
        {
            for (var i = 0; i < FramesPerConnection; i++) await hub.SendBytesAsync(Fuzz.Next(chance, Seeds));
            await hub.SendBytesAsync([End]);
            await hub.CallAsync("Heartbeat");
        }
        catch (Exception e) when (e is WebSocketException or EndOfStreamException or OperationCanceledException)
        {
            e.ShouldNotBeOfType<OperationCanceledException>("the hub neither answered nor closed the connection");
        }
    }

    private static ReadOnlySequence<byte> InPieces(Random chance, byte[] bytes)
    {
        if (bytes.Length < 2 || chance.Next(2) == 0) return new ReadOnlySequence<byte>(bytes);
        var cut = chance.Next(1, bytes.Length);
        var first = new Piece(bytes.AsMemory(0, cut), null);
        var second = new Piece(bytes.AsMemory(cut), first);
        return new ReadOnlySequence<byte>(first, 0, second, second.Memory.Length);
    }

    private sealed class Piece : ReadOnlySequenceSegment<byte>
    {
        public Piece(ReadOnlyMemory<byte> bytes, Piece? before)
        {
            Memory = bytes;
            if (before is null) return;
            RunningIndex = before.Memory.Length;
            before.Next = this;
        }
    }

    private sealed class Binder : IInvocationBinder
    {
        private static readonly Dictionary<string, Type[]> Methods = typeof(WorkerHub).GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
            .ToDictionary(m => m.Name, m => m.GetParameters().Select(p => p.ParameterType).ToArray(), StringComparer.OrdinalIgnoreCase);

        public IReadOnlyList<Type> GetParameterTypes(string methodName) => Methods.TryGetValue(methodName, out var types) ? types : throw new HubException($"no {methodName}");

        public Type GetReturnType(string invocationId) => typeof(object);

        public Type GetStreamItemType(string streamId) => typeof(object);
    }
}
