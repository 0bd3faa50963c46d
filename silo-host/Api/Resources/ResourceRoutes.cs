using Worcr.Protocol;
using Worcr.SiloHost.Api.Enqueue;
using Worcr.SiloHost.Auth;
using Worcr.SiloHost.Hosting;
using Worcr.SiloHost.Outgoing;

namespace Worcr.SiloHost.Api.Resources;

/// <summary>The routes of all kinds of resources: what a kind is, says its description; the rest is the same for all.</summary>
internal static class ResourceRoutes
{
    /// <summary>All of them.</summary>
    public static IEnumerable<ApiRoute> For(IServiceProvider services)
    {
        var (caches, time) = (services.GetRequiredService<ParseCaches>(), services.GetRequiredService<TimeProvider>());
        var dispatchers = services.GetRequiredService<IDispatchers>();
        ResourceDescription[] named =
        [
            new WeightResources(), new RouteResources(), new LimitResources(), new ScheduleResources(caches, time), new TenantResources(),
            new TypeResources(), new PauseResources(time), new BlackholeResources(time), new ShedResources(time),
            new EndpointResources(new AddressRule(services.GetRequiredService<SiloOptions>().PushAllow)),
        ];
        return
        [
            .. named.SelectMany(d => Named(d, new ResourceEndpoints(dispatchers, d))),
            .. Settings(new SettingsResources(services.GetRequiredService<SiloOptions>()), dispatchers),
            Run(new ScheduleEndpoint(dispatchers, caches, time)),
            Restore(new BlackholeEndpoint(dispatchers)),
        ];
    }

    private static IEnumerable<ApiRoute> Named(ResourceDescription d, ResourceEndpoints endpoints) =>
    [
        new("GET", $"/{d.Path}", Permission.View, endpoints.ListAsync) { Summary = $"All {d.Path}", Answer = d.List, Errors = [400, 404] },
        new("GET", $"/{d.Path}/{{name}}", Permission.View, endpoints.GetAsync) { Summary = $"One {d.Noun}", Answer = d.Document, Errors = [400, 404] },
        new("PUT", $"/{d.Path}/{{name}}", Permission.Operate, endpoints.PutAsync)
        {
            Summary = $"Make or change a {d.Noun}; it takes effect with the answer",
            Request = d.Body,
            Answer = d.Document,
            Statuses = [200, 201],
            Errors = [400, 404, 413, 415, 429],
            Query = ["dryRun"],
        },
        new("DELETE", $"/{d.Path}/{{name}}", Permission.Operate, endpoints.DeleteAsync) { Summary = $"Delete a {d.Noun}", Statuses = [204], Errors = [400, 404] },
    ];

    private static IEnumerable<ApiRoute> Settings(ResourceDescription d, IDispatchers dispatchers)
    {
        var endpoints = new ResourceEndpoints(dispatchers, d);
        return
        [
            new("GET", $"/{d.Path}", Permission.View, endpoints.GetAsync) { Summary = "What holds for the namespace", Answer = d.Document, Errors = [400, 404] },
            new("PUT", $"/{d.Path}", Permission.Operate, endpoints.PutAsync)
            {
                Summary = "Replace what holds for the namespace; absent fields are at their defaults",
                Request = d.Body,
                Answer = d.Document,
                Errors = [400, 404, 413, 415, 429],
                Query = ["dryRun"],
            },
        ];
    }

    private static ApiRoute Run(ScheduleEndpoint schedules) => new("POST", "/schedules/{name}/run", Permission.Operate, schedules.RunAsync)
    {
        Summary = "Enqueue a schedule's job now",
        Answer = typeof(EnqueueAnswer),
        Statuses = [201, 200],
        Errors = [400, 404, 409, 429, 503],
    };

    private static ApiRoute Restore(BlackholeEndpoint blackholes) => new("POST", "/blackholes/{name}/restore", Permission.Operate, blackholes.RestoreAsync)
    {
        Summary = "Bring back the jobs that a blackhole discarded",
        Answer = typeof(BulkJobsAnswer),
        Errors = [400, 404],
    };
}
