using Worcr.SiloHost.Api;

namespace Worcr.SiloHost.Telemetry;

/// <summary><c>/metrics</c>: the default namespace's figures (others by <c>?namespace=</c>), the instruments, the process.</summary>
internal sealed partial class MetricsEndpoint(IDispatchers dispatchers, MetricCollector collector, ILogger<MetricsEndpoint> log)
{
    /// <summary>Handles a request.</summary>
    public async Task HandleAsync(HttpContext context)
    {
        var query = new QueryReader(context);
        var space = query.Text("namespace") ?? ApiNamespace.Default;
        if ((query.Finish() ?? (ApiNamespace.IsValid(space) ? null : ApiNamespace.Invalid)) is { } fault)
        {
            await Answers.FailAsync(context, fault);
            return;
        }

        var text = new MetricText();
        text.Begin("worcr_up", "gauge", "Whether the namespace's dispatcher answers");
        var stats = await StatsAsync(space, context.RequestAborted);
        text.Sample("worcr_up", MetricText.Labels(("namespace", space)), stats is null ? 0 : 1);
        if (stats is not null) NamespaceMetrics.Write(text, space, stats);
        collector.Write(text);
        ProcessMetrics.Write(text);
        context.Response.ContentType = MetricText.ContentType;
        await context.Response.WriteAsync(text.ToString(), context.RequestAborted);
    }

    /// <summary>Null when there is no such namespace, or its dispatcher is away: the rest of the metrics is wanted then more than ever.</summary>
    private async Task<StatsReply?> StatsAsync(string space, CancellationToken cancel)
    {
        try
        {
            return await dispatchers.FindExistingAsync(space, cancel) is { } dispatcher ? await dispatcher.StatsAsync(new StatsRequest(), cancel) : null;
        }
        catch (DispatcherUnavailableException error)
        {
            LogNoFigures(space, error.Message);
            return null;
        }
    }
}
