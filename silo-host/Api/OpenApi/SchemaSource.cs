using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Worcr.SiloHost.Api.OpenApi;

/// <summary>Schemas of wire types, each once under <c>components</c>.</summary>
internal sealed class SchemaSource(OpenApiOperationTransformerContext context, CancellationToken cancel)
{
    /// <summary>A reference to the schema of a type.</summary>
    public async Task<IOpenApiSchema> GetAsync(Type type)
    {
        var document = context.Document!;
        if (document.Components?.Schemas?.ContainsKey(type.Name) != true)
            document.AddComponent(type.Name, await context.GetOrCreateSchemaAsync(type, null, cancel));
        return new OpenApiSchemaReference(type.Name, document);
    }
}
