using System.Text.Json;
using System.Text.Unicode;

namespace Worcr.Client.Running;

/// <summary>Calls a delegate that reads and writes JSON itself.</summary>
internal sealed class RawInvoker(Func<JobContext, ValueTask<ReadOnlyMemory<byte>>> handler) : JobInvoker
{
    public override async ValueTask<ReadOnlyMemory<byte>> InvokeAsync(JobContext context)
    {
        var result = await handler(context).ConfigureAwait(false);
        if (result.IsEmpty) return result;
        try
        {
            Check(result.Span);
            return result;
        }
        catch (JsonException e)
        {
            throw new JobFailedException($"The result is no JSON: {e.Message}", e) { Code = "result_not_json", Final = true };
        }
    }

    private static void Check(ReadOnlySpan<byte> json)
    {
        if (!Utf8.IsValid(json)) throw new JsonException("It is no UTF-8.");
        var reader = new Utf8JsonReader(json);
        while (reader.Read())
        {
            // the reader throws at what is no JSON
        }
    }
}
