using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Worcr.Protocol;

namespace Worcr.SiloHost.Api;

/// <summary>Writes answers.</summary>
public static class Answers
{
    /// <summary>The content type of everything but problems.</summary>
    public const string Json = "application/json";

    /// <summary>Answers with a document.</summary>
    public static Task WriteAsync<T>(HttpContext context, int status, T value, JsonTypeInfo<T> type)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = Json;
        return JsonSerializer.SerializeAsync(context.Response.BodyWriter, value, type, context.RequestAborted);
    }

    /// <summary>Answers with a problem. Nothing may have been written yet.</summary>
    public static async Task FailAsync(HttpContext context, Fault fault)
    {
        var code = fault.Code;
        var response = context.Response;
        response.StatusCode = code.Status;
        response.ContentType = Problem.ContentType;
        if (code.Status == StatusCodes.Status401Unauthorized) response.Headers.WWWAuthenticate = "Bearer";
        if (fault.RetryAfterMs > 0 || code.Status == StatusCodes.Status429TooManyRequests)
            response.Headers.RetryAfter = Math.Max(1, (fault.RetryAfterMs + 999) / 1000).ToString(CultureInfo.InvariantCulture);
        ApiMeter.CountProblem(code.Code);
        if (HttpMethods.IsHead(context.Request.Method)) return;
        IReadOnlyList<ProblemError>? errors = fault.Path is { } path ? [new ProblemError(path, fault.Detail)] : null;
        var problem = new Problem(code.Type, code.Title, code.Status, code.Code, fault.Detail, errors);
        var bytes = JsonSerializer.SerializeToUtf8Bytes(problem, ProtocolJson.Default.Problem);
        response.ContentLength = bytes.Length;
        await response.Body.WriteAsync(bytes, context.RequestAborted);
    }
}
