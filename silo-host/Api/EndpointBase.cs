using Worcr.Protocol;

namespace Worcr.SiloHost.Api;

/// <summary>What all endpoints outside the hot path share.</summary>
internal abstract class EndpointBase(IDispatchers dispatchers)
{
    /// <summary>The namespace in the path.</summary>
    protected static string NamespaceOf(HttpContext context) => context.GetRouteValue("namespace") as string ?? ApiNamespace.Default;

    /// <summary>The dispatcher of the namespace in the path; null when an error was answered. A namespace that is not there is an error.</summary>
    protected async ValueTask<IDispatcher?> FindAsync(HttpContext context, Fault? earlier)
    {
        var space = NamespaceOf(context);
        var fault = ApiNamespace.IsValid(space) ? earlier : ApiNamespace.Invalid;
        if (fault is null)
        {
            if (await dispatchers.FindExistingAsync(space, context.RequestAborted) is { } dispatcher) return dispatcher;
            fault = ApiNamespace.Unknown(space);
        }

        await Answers.FailAsync(context, fault);
        return null;
    }

    /// <summary>As <see cref="FindAsync"/>, but makes the namespace when it is not there.</summary>
    protected async ValueTask<IDispatcher?> OpenAsync(HttpContext context, Fault? earlier)
    {
        var space = NamespaceOf(context);
        var fault = ApiNamespace.IsValid(space) ? earlier : ApiNamespace.Invalid;
        if (fault is null) return await dispatchers.FindAsync(space, context.RequestAborted);
        await Answers.FailAsync(context, fault);
        return null;
    }

    /// <summary>The job id in the path.</summary>
    protected static Fault? ReadId(HttpContext context, out Guid id) =>
        Guid.TryParseExact(context.GetRouteValue("id") as string, "D", out id) ? null : new Fault(ErrorCodes.InvalidParameter, "must be a UUID", "id");

    /// <summary>Reads an empty query string and the job id.</summary>
    protected static Fault? ReadIdOnly(HttpContext context, out Guid id) => ReadId(context, out id) ?? new QueryReader(context).Finish();

    /// <summary>Answers a refusal.</summary>
    protected static Task RefuseAsync(HttpContext context, Refusal? refusal) =>
        Answers.FailAsync(context, refusal is null ? new Fault(ErrorCodes.NotFound, "There is no such job.") : Faults.From(refusal));
}
