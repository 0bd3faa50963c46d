using System.Text.Json.Serialization;
using Worcr.Protocol;
using Worcr.SiloHost.Hosting;

namespace Worcr.SiloHost.Api.OpenApi;

/// <summary>The description of the API at <c>/openapi/v1.json</c>, made from the very table that maps it (<see cref="ApiRoutes"/>).</summary>
internal static class OpenApiSetup
{
    /// <summary>Registers the document.</summary>
    public static IServiceCollection AddWorcrOpenApi(this IServiceCollection services)
    {
        services.ConfigureHttpJsonOptions(json =>
        {
            json.SerializerOptions.TypeInfoResolverChain.Insert(0, ProtocolJson.Default);
            json.SerializerOptions.NumberHandling = JsonNumberHandling.Strict;
            json.SerializerOptions.RespectRequiredConstructorParameters = true;
            json.SerializerOptions.RespectNullableAnnotations = true;
        });
        return services.AddOpenApi("v1", document =>
        {
            document.AddDocumentTransformer((target, _, _) =>
            {
                target.Info = new() { Title = "Worcr", Version = Silo.Version, Description = "Background jobs: dumb workers, smart dispatcher." };
                target.Servers = [];
                return Task.CompletedTask;
            });
            document.AddSchemaTransformer((schema, context, _) => SchemaBounds.ApplyAsync(schema, context));
            document.AddOperationTransformer(RouteTransformer.ApplyAsync);
        });
    }
}
