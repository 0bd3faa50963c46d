using Microsoft.AspNetCore.Http.Features;
using Worcr.Protocol;
using Worcr.SiloHost.Auth;
using Worcr.Store;

namespace Worcr.SiloHost.Api;

/// <summary>
/// The one middleware: it asks the gate, calls the endpoint, and turns whatever goes wrong into a problem. Requests without an
/// endpoint go to the pages; what they do not know is a 404.
/// </summary>
public sealed partial class Edge(RequestDelegate next, IGate gate, ILogger<Edge> log)
{
    private const string NoSniff = "nosniff";

    /// <summary>Handles a request.</summary>
    public async Task InvokeAsync(HttpContext context)
    {
        context.Response.Headers.XContentTypeOptions = NoSniff;
        try
        {
            if (await gate.CheckAsync(context) is { } denied) await Answers.FailAsync(context, denied);
            else if (IsEncoded(context.Request)) await Answers.FailAsync(context, new Fault(ErrorCodes.UnsupportedMediaType, "Send the body as it is: no Content-Encoding is taken."));
            else await next(context);
            if (IsBareError(context.Response)) await Answers.FailAsync(context, Explain(context));
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            LogGone(context.Request.Path);
        }
        catch (Exception error)
        {
            await FailAsync(context, error);
        }
    }

    /// <summary>Whether the body is compressed, and so not what it would be read as.</summary>
    private static bool IsEncoded(HttpRequest request) =>
        request.Headers.ContentEncoding is { Count: > 0 } encoding && !string.Equals(encoding, "identity", StringComparison.OrdinalIgnoreCase);

    private static bool IsBareError(HttpResponse response) =>
        response is { StatusCode: >= 400, HasStarted: false, ContentType: null } && response.ContentLength is null or 0;

    private static Fault Explain(HttpContext context)
    {
        var path = context.Request.Path.Value;
        return context.Response.StatusCode switch
        {
            404 => new Fault(ErrorCodes.NoSuchRoute, $"{path} is not there; /openapi/v1.json lists what is."),
            405 => new Fault(ErrorCodes.MethodNotAllowed, $"{path} takes {context.Response.Headers.Allow}."),
            415 => new Fault(ErrorCodes.UnsupportedMediaType, "Send application/json."),
            413 => new Fault(ErrorCodes.TooLarge, "The request is too large."),
            _ => new Fault(ErrorCodes.BadRequest, "The request is malformed."),
        };
    }

    private async Task FailAsync(HttpContext context, Exception error)
    {
        var fault = error switch
        {
            BadHttpRequestException { StatusCode: 413 } => new Fault(ErrorCodes.TooLarge, $"A request has at most {WireLimits.BodyBytes} bytes."),
            BadHttpRequestException { StatusCode: 408 } => new Fault(ErrorCodes.RequestTimeout, "The request took too long to arrive."),
            BadHttpRequestException bad => new Fault(ErrorCodes.BadRequest, bad.Message),
            NamespaceLimitException full => new Fault(ErrorCodes.Overloaded, full.Message, "namespace", 60_000),
            ListenerLimitException full => new Fault(ErrorCodes.Overloaded, full.Message, RetryAfterMs: 10_000),
            StoreTransientException or StoreOutcomeUnknownException => new Fault(ErrorCodes.Unavailable, "The store cannot be reached now; whether the request took effect is not known.", RetryAfterMs: 1_000),
            StoreStalledException stalled => new Fault(ErrorCodes.Unavailable, stalled.Message, RetryAfterMs: StoreStalledException.RetryAfterMs),
            DispatcherUnavailableException => new Fault(ErrorCodes.Unavailable, "The dispatcher cannot answer now; whether the request took effect is not known.", RetryAfterMs: 1_000),
            _ => new Fault(ErrorCodes.Internal, "This is a defect; the server's log says more under the trace id " + context.TraceIdentifier + "."),
        };
        if (fault.Code == ErrorCodes.Internal) LogDefect(error, context.Request.Method, context.Request.Path, context.TraceIdentifier);
        else if (fault.Code == ErrorCodes.Unavailable) LogUnavailable(error.Message, context.Request.Path);
        if (context.Response.HasStarted)
        {
            context.Features.Get<IHttpRequestLifetimeFeature>()?.Abort();
            return;
        }

        context.Response.Clear();
        await Answers.FailAsync(context, fault);
    }
}
