using Worcr.SiloHost.Api.Enqueue;
using Worcr.SiloHost.Auth;
using Worcr.SiloHost.Hosting;
using Worcr.SiloHost.Simulate;

namespace Worcr.SiloHost.Api;

/// <summary>Composes the API.</summary>
public static class ApiSetup
{
    /// <summary>Registers the endpoints' classes.</summary>
    public static IServiceCollection AddWorcrApi(this IServiceCollection services) =>
        services.AddSingleton<ParseCaches>()
            .AddSingleton<IJobTemplates, ParsedTemplates>()
            .AddSingleton<EnqueueEndpoint>()
            .AddSingleton<JobEndpoints>()
            .AddSingleton<BulkEndpoint>()
            .AddSingleton<BatchEndpoints>()
            .AddSingleton<OverviewEndpoints>()
            .AddSingleton<WorkerEndpoints>()
            .AddSingleton<QueuesEndpoint>()
            .AddSingleton<ViolationsEndpoint>()
            .AddSingleton<ExplainEndpoints>()
            .AddSingleton<SimulationEndpoint>();

    /// <summary>Adds the middleware that every request passes: CORS when asked for, then the <see cref="Edge"/>.</summary>
    public static void UseWorcrEdge(this WebApplication app, SiloOptions options)
    {
        app.UseWorcrCors(options);
        app.UseMiddleware<Edge>();
    }

    /// <summary>Maps <c>/v1/...</c> and <c>/v1/ns/{namespace}/...</c>.</summary>
    public static void MapWorcrApi(this WebApplication app)
    {
        foreach (var route in ApiRoutes.For(app.Services))
        {
            Map(app, "/v1", route);
            Map(app, "/v1/ns/{namespace}", route);
        }

        app.MapWorcrKeys();
    }

    /// <summary>Maps one route. The handler's method is there for the OpenAPI document, which lists only endpoints that have one.</summary>
    internal static void Map(IEndpointRouteBuilder endpoints, string prefix, ApiRoute route) =>
        endpoints.MapMethods(prefix + route.Path, [route.Method], route.Handler).Needs(route.Permission).WithMetadata(route, route.Handler.Method);
}
