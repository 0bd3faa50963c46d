using Worcr.SiloHost.Api.Enqueue;
using Worcr.SiloHost.Auth;
using Worcr.SiloHost.Hosting;

namespace Worcr.SiloHost.Api;

/// <summary>Composes the API.</summary>
public static class ApiSetup
{
    /// <summary>Registers the endpoints' classes.</summary>
    public static IServiceCollection AddWorcrApi(this IServiceCollection services) =>
        services.AddSingleton<ParseCaches>()
            .AddSingleton<EnqueueEndpoint>()
            .AddSingleton<JobEndpoints>()
            .AddSingleton<BulkEndpoint>()
            .AddSingleton<TenantEndpoints>()
            .AddSingleton<OverviewEndpoints>()
            .AddCors();

    /// <summary>Adds the middleware that every request passes: CORS when asked for, then the <see cref="Edge"/>.</summary>
    public static void UseWorcrEdge(this WebApplication app, SiloOptions options)
    {
        if (options.Cors.Count > 0)
            app.UseCors(policy => policy.WithOrigins([.. options.Cors]).AllowAnyMethod().AllowAnyHeader().AllowCredentials().WithExposedHeaders("Retry-After"));
        app.UseMiddleware<Edge>();
    }

    /// <summary>Maps <c>/v1/...</c> and <c>/v1/ns/{namespace}/...</c>.</summary>
    public static void MapWorcrApi(this WebApplication app)
    {
        foreach (var route in ApiRoutes.For(app.Services))
        {
            foreach (var prefix in (string[])["/v1", "/v1/ns/{namespace}"])
                app.MapMethods(prefix + route.Path, [route.Method], route.Handler).Needs(route.Permission).WithMetadata(route);
        }
    }
}
