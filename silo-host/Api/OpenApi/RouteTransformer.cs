using System.Globalization;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.OpenApi;
using Worcr.Protocol;
using Worcr.SiloHost.Api.Enqueue;
using Worcr.SiloHost.Auth;

namespace Worcr.SiloHost.Api.OpenApi;

/// <summary>Describes an operation from its <see cref="ApiRoute"/>.</summary>
internal static class RouteTransformer
{
    /// <summary>Fills an operation.</summary>
    public static async Task ApplyAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancel)
    {
        if (context.Description.ActionDescriptor.EndpointMetadata.OfType<ApiRoute>().FirstOrDefault() is not { } route) return;
        var schemas = new SchemaSource(context, cancel);
        operation.Summary = route.Summary;
        operation.Tags = new HashSet<OpenApiTagReference> { new(TagOf(route), context.Document) };
        operation.Parameters = [.. PathParameters(context.Description.RelativePath ?? ""), .. route.Query.Select(QueryParameters.Describe)];
        operation.RequestBody = await BodyAsync(route, schemas);
        operation.Responses = await ResponsesAsync(route, context.Description.RelativePath ?? "", schemas);
    }

    private static string TagOf(ApiRoute route) => route.Path.Split('/')[1];

    private static IEnumerable<IOpenApiParameter> PathParameters(string path) =>
        path.Split('/').Where(p => p.StartsWith('{')).Select(p => p.Trim('{', '}')).Select(name => new OpenApiParameter
        {
            Name = name,
            In = ParameterLocation.Path,
            Required = true,
            Schema = new OpenApiSchema { Type = JsonSchemaType.String, Format = name == "id" ? "uuid" : null },
        });

    private static async Task<OpenApiRequestBody?> BodyAsync(ApiRoute route, SchemaSource schemas)
    {
        if (route.Request is null) return null;
        var schema = await schemas.GetAsync(route.Request);
        var body = new OpenApiRequestBody { Required = true, Content = new Dictionary<string, OpenApiMediaType>() };
        if (route.Request == typeof(JobRequest))
        {
            body.Content[Answers.Json] = new OpenApiMediaType { Schema = OneOrMany(schema) };
            body.Content[EnqueueEndpoint.Lines] = new OpenApiMediaType { Schema = schema };
        }
        else
        {
            body.Content[Answers.Json] = new OpenApiMediaType { Schema = schema };
        }

        return body;
    }

    private static async Task<OpenApiResponses> ResponsesAsync(ApiRoute route, string path, SchemaSource schemas)
    {
        var responses = new OpenApiResponses();
        foreach (var status in route.Statuses)
        {
            var schema = route.Answer is null ? null : await AnswerAsync(route, status, schemas);
            responses[Text(status)] = Response(status, route.Content, schema);
        }

        var problem = await schemas.GetAsync(typeof(Problem));
        foreach (var status in ErrorsOf(route, path).Distinct().Order()) responses[Text(status)] = Response(status, Problem.ContentType, problem);
        return responses;
    }

    /// <summary>Its own, and those that any call can meet: a key that is missing or not enough, a namespace that nobody has made, a silo that drains or has lost its store.</summary>
    private static IEnumerable<int> ErrorsOf(ApiRoute route, string path)
    {
        if (route.Permission == Permission.None) return [.. route.Errors, StatusCodes.Status500InternalServerError];
        var always = new[] { StatusCodes.Status401Unauthorized, StatusCodes.Status403Forbidden, StatusCodes.Status500InternalServerError, StatusCodes.Status503ServiceUnavailable };
        return [.. route.Errors, .. always, .. path.Contains("{namespace}", StringComparison.Ordinal) ? [StatusCodes.Status404NotFound] : Array.Empty<int>()];
    }

    /// <summary>An enqueue answers like its request, one or many; when it waits, with the job.</summary>
    private static async Task<IOpenApiSchema> AnswerAsync(ApiRoute route, int status, SchemaSource schemas)
    {
        var schema = await schemas.GetAsync(route.Answer!);
        if (route.Answer != typeof(EnqueueAnswer) || route.Request is null) return schema;
        var job = await schemas.GetAsync(typeof(JobDocument));
        return status switch
        {
            StatusCodes.Status201Created => OneOrMany(schema),
            StatusCodes.Status202Accepted => job,
            _ => new OpenApiSchema { AnyOf = [schema, new OpenApiSchema { Type = JsonSchemaType.Array, Items = schema }, job] },
        };
    }

    private static OpenApiSchema OneOrMany(IOpenApiSchema one) =>
        new() { AnyOf = [one, new OpenApiSchema { Type = JsonSchemaType.Array, Items = one, MinItems = 1, MaxItems = WireLimits.JobsPerRequest }] };

    private static OpenApiResponse Response(int status, string contentType, IOpenApiSchema? schema)
    {
        var response = new OpenApiResponse { Description = ReasonPhrases.GetReasonPhrase(status) };
        if (schema is not null) response.Content = new Dictionary<string, OpenApiMediaType> { [contentType] = new() { Schema = schema } };
        return response;
    }

    private static string Text(int status) => status.ToString(CultureInfo.InvariantCulture);
}
