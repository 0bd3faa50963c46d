using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;
using Microsoft.Extensions.Options;
using Worcr.Protocol.Worker;

namespace Worcr.Client.Hub;

/// <summary>
/// SignalR's JSON hub protocol with the two hot messages (<c>Run</c> in, <c>Report</c> out) read and written by hand, and with a mark
/// on errors that the server answered, so that they can be told from those of the line.
/// </summary>
internal sealed class WorkerHubProtocol : IHubProtocol
{
    /// <summary>What an error begins with that is the server's answer.</summary>
    public const char RefusalMark = '\u0001';

    private const byte RecordSeparator = 0x1E;
    private static readonly JsonReaderOptions ReaderOptions = new() { MaxDepth = 128 };
    private static readonly JsonWriterOptions WriterOptions = new() { SkipValidation = true };
    [ThreadStatic]
    private static Utf8JsonWriter? _writer;

    private readonly NameCache _names = new();
    private readonly JsonHubProtocol _json;

    public WorkerHubProtocol()
    {
        var options = new JsonHubProtocolOptions();
        options.PayloadSerializerOptions.TypeInfoResolverChain.Insert(0, WorkerJson.Default);
        _json = new JsonHubProtocol(Options.Create(options));
    }

    public string Name => _json.Name;

    public int Version => _json.Version;

    public TransferFormat TransferFormat => _json.TransferFormat;

    public bool IsVersionSupported(int version) => _json.IsVersionSupported(version);

    public ReadOnlyMemory<byte> GetMessageBytes(HubMessage message) => HubProtocolExtensions.GetMessageBytes(this, message);

    public void WriteMessage(HubMessage message, IBufferWriter<byte> output)
    {
        if (message is InvocationMessage { Arguments: [ReportBatch batch] } report) WriteReport(report.InvocationId, batch, output);
        else _json.WriteMessage(message, output);
    }

    public bool TryParseMessage(ref ReadOnlySequence<byte> input, IInvocationBinder binder, [NotNullWhen(true)] out HubMessage? message)
    {
        if (input.PositionOf(RecordSeparator) is not { } end)
        {
            message = null;
            return false;
        }

        if (TryReadRun(input.Slice(0, end), out message))
        {
            input = input.Slice(input.GetPosition(1, end));
            return true;
        }

        if (!_json.TryParseMessage(ref input, binder, out message)) return false;
        if (message is CompletionMessage { Error: { } error } refusal) message = CompletionMessage.WithError(refusal.InvocationId!, RefusalMark + error);
        return true;
    }

    private static void WriteReport(string? id, ReportBatch batch, IBufferWriter<byte> output)
    {
        var writer = _writer ??= new Utf8JsonWriter(output, WriterOptions);
        writer.Reset(output);
        writer.WriteStartObject();
        writer.WriteNumber("type"u8, 1);
        if (id is not null) writer.WriteString("invocationId"u8, id);
        writer.WriteString("target"u8, "Report"u8);
        writer.WriteStartArray("arguments"u8);
        ReportWriter.Write(writer, batch);
        writer.WriteEndArray();
        writer.WriteEndObject();
        writer.Flush();
        output.Write([RecordSeparator]);
    }

    private bool TryReadRun(ReadOnlySequence<byte> record, [NotNullWhen(true)] out HubMessage? message)
    {
        if (record.IsSingleSegment) return TryReadRun(record.FirstSpan, out message);
        var length = (int)record.Length;
        var copy = ArrayPool<byte>.Shared.Rent(length);
        try
        {
            record.CopyTo(copy);
            return TryReadRun(copy.AsSpan(0, length), out message);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(copy);
        }
    }

    /// <summary>False when the record is not <c>{"type":1,"target":"Run","arguments":[[...]]}</c> in this order, as the server writes it.</summary>
    private bool TryReadRun(ReadOnlySpan<byte> record, [NotNullWhen(true)] out HubMessage? message)
    {
        message = null;
        var reader = new Utf8JsonReader(record, ReaderOptions);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject) return false;
        if (!Next(ref reader, "type"u8) || !reader.TryGetInt32(out var type) || type != 1) return false;
        if (!Next(ref reader, "target"u8) || !reader.ValueTextEquals("Run"u8)) return false;
        if (!Next(ref reader, "arguments"u8) || reader.TokenType != JsonTokenType.StartArray || !reader.Read()) return false;
        message = new InvocationMessage(WorkerMethods.Run, [new RunBatch(new JobReader(record, _names).Read(ref reader))]);
        return true;
    }

    private static bool Next(ref Utf8JsonReader reader, ReadOnlySpan<byte> name) =>
        reader.Read() && reader.TokenType == JsonTokenType.PropertyName && reader.ValueTextEquals(name) && reader.Read();
}
