using Worcr.SiloHost.Api;
using Worcr.SiloHost.Api.OpenApi;
using Worcr.SiloHost.Auth;
using Worcr.SiloHost.Telemetry;

namespace Worcr.SiloHost.Hosting;

/// <summary>What operators and their tools look at: health, metrics, the API's description.</summary>
internal static class OperationsSetup
{
    /// <summary>Registers it.</summary>
    public static IServiceCollection AddWorcrOperations(this IServiceCollection services) =>
        services.AddSingleton<HealthEndpoints>()
            .AddSingleton<IReadinessCheck, DispatcherCheck>()
            .AddSingleton<MetricCollector>()
            .AddSingleton<MetricsEndpoint>()
            .AddWorcrOpenApi();

    /// <summary>Maps it.</summary>
    public static void MapWorcrOperations(this WebApplication app)
    {
        var health = app.Services.GetRequiredService<HealthEndpoints>();
        var metrics = app.Services.GetRequiredService<MetricsEndpoint>();
        ApiSetup.Map(app, "", new ApiRoute("GET", "/healthz", Permission.None, HealthEndpoints.AliveAsync) { Summary = "Whether the process serves", Errors = [] });
        ApiSetup.Map(app, "", new ApiRoute("GET", "/readyz", Permission.None, health.ReadyAsync) { Summary = "Whether it should get traffic", Errors = [503] });
        ApiSetup.Map(app, "", new ApiRoute("GET", "/metrics", Permission.View, metrics.HandleAsync) { Summary = "Metrics in the Prometheus text format", Query = ["namespace"] });
        app.MapOpenApi("/openapi/{documentName}.json").Needs(Permission.View);
    }
}
