using System.Globalization;
using System.Text.Json;
using Worcr.Client.Running;

namespace Worcr.Client.Hub;

/// <summary>Writes reports as the server reads them.</summary>
internal static class ReportWriter
{
    private static readonly JsonEncodedText Lease = JsonEncodedText.Encode("lease");
    private static readonly JsonEncodedText Outcome = JsonEncodedText.Encode("outcome");
    private static readonly JsonEncodedText Result = JsonEncodedText.Encode("result");
    private static readonly JsonEncodedText Error = JsonEncodedText.Encode("error");
    private static readonly JsonEncodedText Ms = JsonEncodedText.Encode("ms");
    private static readonly JsonEncodedText Complete = JsonEncodedText.Encode("complete");
    private static readonly JsonEncodedText Fail = JsonEncodedText.Encode("fail");
    private static readonly JsonEncodedText Yield = JsonEncodedText.Encode("yield");

    /// <summary>Writes an array of reports.</summary>
    public static void Write(Utf8JsonWriter writer, ReportBatch batch)
    {
        writer.WriteStartArray();
        foreach (var job in batch.Jobs) Write(writer, job.Lease, in job.Report);
        writer.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter writer, string lease, in JobReport report)
    {
        writer.WriteStartObject();
        writer.WriteString(Lease, lease);
        writer.WriteString(Outcome, report.Outcome switch { JobOutcome.Complete => Complete, JobOutcome.Fail => Fail, _ => Yield });
        if (!report.Result.IsEmpty)
        {
            writer.WritePropertyName(Result);
            writer.WriteRawValue(report.Result.Span, skipInputValidation: true);
        }

        if (report.Failure is { } failure) Write(writer, failure);
        if (report.UntilChildren) writer.WriteString("until"u8, "children"u8);
        writer.WritePropertyName(Ms);
        WriteMs(writer, report.Microseconds);
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, JobFault failure)
    {
        writer.WriteStartObject(Error);
        writer.WriteString("code"u8, failure.Code);
        writer.WriteString("message"u8, failure.Message);
        if (failure.RetryAfter is { } retryAfter) writer.WriteString("retryAfter"u8, Protocol.Duration.From(retryAfter).ToString());
        if (failure.Final) writer.WriteBoolean("final"u8, true);
        writer.WriteEndObject();
    }

    private static void WriteMs(Utf8JsonWriter writer, long microseconds)
    {
        Span<byte> text = stackalloc byte[32];
        (microseconds / 1_000).TryFormat(text, out var at, default, CultureInfo.InvariantCulture);
        text[at++] = (byte)'.';
        (microseconds % 1_000).TryFormat(text[at..], out var more, "D3", CultureInfo.InvariantCulture);
        writer.WriteRawValue(text[..(at + more)], skipInputValidation: true);
    }
}
