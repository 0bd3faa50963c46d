using System.Text.Json;
using Worcr.Protocol.Worker;
using Worcr.SiloHost.Gateways.Json;
using Worcr.SiloHost.Gateways.Sessions;

namespace Worcr.SiloHost.Gateways.SignalR;

/// <summary>
/// Reads <c>{"type":1,"invocationId":"7","target":"Report","arguments":[[...]]}</c>, members in any order; in one pass when the target comes
/// before the arguments.
/// </summary>
internal ref struct ReportCallReader(ReadOnlySpan<byte> record)
{
    private const int InvocationType = 1;
    private const int EnvelopeDepth = 4; // message, arguments, reports, report
    private static readonly JsonReaderOptions Options = new() { MaxDepth = WorkerBounds.PayloadDepth + EnvelopeDepth };
    private readonly ReadOnlySpan<byte> _record = record;
    private ReadOnlySpan<byte> _later;
    private bool _isReport;

    /// <summary>The call's number, or null when nobody waits for its answer.</summary>
    public string? InvocationId { get; private set; }

    /// <summary>The reports.</summary>
    public ReportBatch? Batch { get; private set; }

    /// <summary>Reads; false when this is another message.</summary>
    public bool TryRead()
    {
        var reader = new Utf8JsonReader(_record, Options);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject) return false;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (!TryReadMember(ref reader)) return false;
        }

        if (!_isReport) return false;
        if (Batch is null && !_later.IsEmpty) ReadLater();
        return Batch is not null;
    }

    private bool TryReadMember(ref Utf8JsonReader reader)
    {
        if (reader.ValueTextEquals("type"u8)) return reader.Read() && reader.TryGetInt32(out var type) && type == InvocationType;
        if (reader.ValueTextEquals("target"u8)) return _isReport = reader.Read() && reader.ValueTextEquals("Report"u8);
        if (reader.ValueTextEquals("invocationId"u8))
        {
            reader.Read();
            InvocationId = reader.GetString();
            return true;
        }

        if (!reader.ValueTextEquals("arguments"u8) || !reader.Read()) return false;
        if (_isReport)
        {
            Batch = ReadArguments(ref reader, _record);
            return Batch is not null;
        }

        var from = (int)reader.TokenStartIndex;
        reader.Skip();
        _later = _record[from..(int)reader.BytesConsumed];
        return true;
    }

    private void ReadLater()
    {
        var reader = new Utf8JsonReader(_later, Options);
        reader.Read();
        Batch = ReadArguments(ref reader, _later);
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
}
