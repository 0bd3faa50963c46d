using System.Text.Json;
using Worcr.Protocol;
using Worcr.Protocol.Worker;
using Worcr.SiloHost.Gateways.Json;
using Worcr.SiloHost.Gateways.Sessions;

namespace Worcr.SiloHost.Gateways.Http;

/// <summary>Reads <c>{"reports": [...]}</c>.</summary>
internal static class ReportBody
{
    private const int EnvelopeDepth = 3; // body, reports, report

    public static List<Report> Read(ReadOnlySpan<byte> json)
    {
        try
        {
            return Parse(json);
        }
        catch (JsonException e)
        {
            throw new WorkerCallException(ErrorCodes.InvalidJson, e.Message);
        }
    }

    private static List<Report> Parse(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = WorkerBounds.PayloadDepth + EnvelopeDepth });
        List<Report>? reports = null;
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject) throw WorkerCallException.Invalid("reports", "An object with reports is expected.");
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isReports = reader.ValueTextEquals("reports"u8);
            reader.Read();
            if (isReports) reports = new ReportReader(json).Read(ref reader);
            else reader.Skip();
        }

        if (reader.Read()) throw new WorkerCallException(ErrorCodes.InvalidJson, "The body goes on after its end.");
        return reports ?? throw WorkerCallException.Invalid("reports", "They are needed.");
    }
}
