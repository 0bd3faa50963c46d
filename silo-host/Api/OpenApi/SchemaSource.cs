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
        var name = NameOf(type);
        if (document.Components?.Schemas?.ContainsKey(name) != true)
            document.AddComponent(name, await context.GetOrCreateSchemaAsync(type, null, cancel));
        return new OpenApiSchemaReference(name, document);
    }

    private static string NameOf(Type type) => type.GenericTypeArguments is [var item] ? item.Name + "List" : type.Name;
}
