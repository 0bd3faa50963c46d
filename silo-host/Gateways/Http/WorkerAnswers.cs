using System.Buffers;
using System.Globalization;
using System.Text.Json;
using Worcr.Protocol;
using Worcr.SiloHost.Gateways.Sessions;

namespace Worcr.SiloHost.Gateways.Http;

/// <summary>Answers of the HTTP worker calls.</summary>
internal static class WorkerAnswers
{
    /// <summary>Answers 200 with JSON.</summary>
    public static async Task WriteAsync(HttpContext http, Action<IBufferWriter<byte>> write)
    {
        http.Response.ContentType = "application/json";
        write(http.Response.BodyWriter);
        await http.Response.BodyWriter.FlushAsync(http.RequestAborted);
    }

    /// <summary>Answers with a problem.</summary>
    public static Task WriteAsync(HttpContext http, WorkerCallException why)
    {
        http.Response.StatusCode = why.Code.Status;
        http.Response.ContentType = Problem.ContentType;
        var seconds = why.RetryAfterMs > 0 ? (why.RetryAfterMs + 999) / 1_000 : why.Code.Status is 429 or 503 ? 1 : 0;
        if (seconds > 0) http.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        var errors = why.Field is null ? null : new[] { new ProblemError(why.Field, why.Message) };
        var problem = new Problem(why.Code.Type, why.Code.Title, why.Code.Status, why.Code.Code, why.Message, errors);
        return JsonSerializer.SerializeAsync(http.Response.Body, problem, ProtocolJson.Default.Problem, http.RequestAborted);
    }
}
