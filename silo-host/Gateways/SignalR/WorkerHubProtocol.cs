using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;
using Microsoft.Extensions.Options;
using Worcr.Protocol;
using Worcr.Protocol.Worker;
using Worcr.SiloHost.Gateways.Json;
using Worcr.SiloHost.Gateways.Sessions;

namespace Worcr.SiloHost.Gateways.SignalR;

/// <summary>
/// SignalR's JSON hub protocol, byte for byte, with the two hot messages (<c>Report</c> in, <c>Run</c> out) read and written by
/// hand; all else is left to <see cref="JsonHubProtocol"/>. tests/bench/Hub has the figures that justify it.
/// </summary>
public sealed class WorkerHubProtocol(IOptions<JsonHubProtocolOptions> options) : IHubProtocol
{
    private const byte RecordSeparator = 0x1E;
    private const int InvocationType = 1;
    private const int EnvelopeDepth = 4; // message, arguments, reports, report
    private static readonly JsonReaderOptions ReaderOptions = new() { MaxDepth = WorkerBounds.PayloadDepth + EnvelopeDepth };

    private readonly JsonHubProtocol _json = new(options);

    /// <inheritdoc />
    public string Name => _json.Name;

    /// <inheritdoc />
    public int Version => _json.Version;

    /// <inheritdoc />
    public TransferFormat TransferFormat => _json.TransferFormat;

    /// <inheritdoc />
    public bool IsVersionSupported(int version) => _json.IsVersionSupported(version);

    /// <inheritdoc />
    public ReadOnlyMemory<byte> GetMessageBytes(HubMessage message) => HubProtocolExtensions.GetMessageBytes(this, message);

    /// <inheritdoc />
    public void WriteMessage(HubMessage message, IBufferWriter<byte> output)
    {
        if (message is InvocationMessage { Arguments: [RunBatch jobs], InvocationId: null }) WriteRun(jobs, output);
        else _json.WriteMessage(message, output);
    }

    /// <inheritdoc />
    public bool TryParseMessage(ref ReadOnlySequence<byte> input, IInvocationBinder binder, [NotNullWhen(true)] out HubMessage? message)
    {
        if (input.PositionOf(RecordSeparator) is not { } end)
        {
            message = null;
            return false;
        }

        if (TryReadReport(input.Slice(0, end), binder, out message))
        {
            input = input.Slice(input.GetPosition(1, end));
            return true;
        }

        if (!_json.TryParseMessage(ref input, binder, out message)) return false;
        if (message is InvocationBindingFailureMessage failure) message = Refused(failure, binder);
        return true;
    }

    private static void WriteRun(RunBatch jobs, IBufferWriter<byte> output)
    {
        output.Write("{\"type\":1,\"target\":\"Run\",\"arguments\":["u8);
        LeasedJobWriter.Write(output, jobs);
        output.Write("]}\u001e"u8);
    }

    private static bool TryReadReport(ReadOnlySequence<byte> record, IInvocationBinder binder, [NotNullWhen(true)] out HubMessage? message)
    {
        if (record.IsSingleSegment) return TryReadReport(record.FirstSpan, binder, out message);
        var length = (int)record.Length;
        var copy = ArrayPool<byte>.Shared.Rent(length);
        try
        {
            record.CopyTo(copy);
            return TryReadReport(copy.AsSpan(0, length), binder, out message);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(copy);
        }
    }

    /// <summary>False when the record is anything but a well-formed <c>Report</c>: then the slow way reads it, and refuses it if need be.</summary>
    private static bool TryReadReport(ReadOnlySpan<byte> record, IInvocationBinder binder, [NotNullWhen(true)] out HubMessage? message)
    {
        message = null;
        try
        {
            var reader = new Utf8JsonReader(record, ReaderOptions);
            var (isReport, id, batch) = (false, (string?)null, (ReportBatch?)null);
            var later = default(ReadOnlySpan<byte>);
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject) return false;
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                if (reader.ValueTextEquals("type"u8))
                {
                    if (!reader.Read() || !reader.TryGetInt32(out var type) || type != InvocationType) return false;
                }
                else if (reader.ValueTextEquals("target"u8))
                {
                    isReport = reader.Read() && reader.ValueTextEquals("Report"u8);
                    if (!isReport) return false;
                }
                else if (reader.ValueTextEquals("invocationId"u8))
                {
                    reader.Read();
                    id = reader.GetString();
                }
                else if (!reader.ValueTextEquals("arguments"u8) || !reader.Read())
                {
                    return false;
                }
                else if (isReport)
                {
                    batch = ReadArguments(ref reader, record);
                }
                else
                {
                    var from = (int)reader.TokenStartIndex;
                    reader.Skip();
                    later = record[from..(int)reader.BytesConsumed];
                }
            }

            if (!isReport || binder.GetParameterTypes(WorkerMethods.Report) is not [var type1] || type1 != typeof(ReportBatch)) return false;
            if (batch is null && !later.IsEmpty) batch = ReadLater(later);
            if (batch is null) return false;
            message = new InvocationMessage(id, WorkerMethods.Report, [batch]);
            return true;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or HubException)
        {
            return false;
        }
    }

    private static ReportBatch? ReadLater(ReadOnlySpan<byte> arguments)
    {
        var reader = new Utf8JsonReader(arguments, ReaderOptions);
        reader.Read();
        return ReadArguments(ref reader, arguments);
    }

    private static ReportBatch? ReadArguments(ref Utf8JsonReader reader, ReadOnlySpan<byte> json)
    {
        if (reader.TokenType != JsonTokenType.StartArray || !reader.Read() || reader.TokenType == JsonTokenType.EndArray) return null;
        var depth = reader.CurrentDepth;
        try
        {
            var reports = new ReportReader(json).Read(ref reader);
            return reader.Read() && reader.TokenType == JsonTokenType.EndArray ? new ReportBatch(reports) : null;
        }
        catch (WorkerCallException fault)
        {
            while (reader.Read() && reader.CurrentDepth >= depth)
            {
                // to the end of the arguments: what follows them is still needed
            }

            return new ReportBatch([], fault);
        }
    }

    private static HubMessage Refused(InvocationBindingFailureMessage failure, IInvocationBinder binder)
    {
        if (!Knows(binder, WorkerHub.RefusedMethod)) return failure;
        var code = Knows(binder, failure.Target) ? ErrorCodes.InvalidField.Code : WorkerErrors.UnknownMethod.Code;
        return new InvocationMessage(failure.InvocationId, WorkerHub.RefusedMethod, [code, failure.Target]);
    }

    private static bool Knows(IInvocationBinder binder, string method)
    {
        try
        {
            return binder.GetParameterTypes(method) is not null;
        }
        catch (Exception e) when (e is HubException or InvalidOperationException)
        {
            return false;
        }
    }
}
