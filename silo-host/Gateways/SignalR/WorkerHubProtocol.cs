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

        if (!TryParseSlowly(ref input, binder, out message)) return false;
        if (message is InvocationBindingFailureMessage failure) message = Refused(failure, binder);
        return true;
    }

    /// <summary>SignalR closes the connection of whoever sends no JSON; bytes that are no UTF-8 and numbers that are too large surprise it, and are no more than that.</summary>
    private bool TryParseSlowly(ref ReadOnlySequence<byte> input, IInvocationBinder binder, [NotNullWhen(true)] out HubMessage? message)
    {
        try
        {
            return _json.TryParseMessage(ref input, binder, out message);
        }
        catch (Exception e) when (e is InvalidOperationException or FormatException or ArgumentException or OverflowException or JsonException)
        {
            throw new InvalidDataException("A record is no valid JSON.", e);
        }
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
            var call = new ReportCallReader(record);
            if (!call.TryRead() || binder.GetParameterTypes(WorkerMethods.Report) is not [var parameter] || parameter != typeof(ReportBatch)) return false;
            message = new InvocationMessage(call.InvocationId, WorkerMethods.Report, [call.Batch]);
            return true;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or HubException)
        {
            return false;
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
