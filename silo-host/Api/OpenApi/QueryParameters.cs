using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.OpenApi;
using Worcr.Protocol;

namespace Worcr.SiloHost.Api.OpenApi;

/// <summary>Describes query parameters by name.</summary>
internal static class QueryParameters
{
    /// <summary>The description of one.</summary>
    public static IOpenApiParameter Describe(string name) =>
        new OpenApiParameter { Name = name, In = ParameterLocation.Query, Description = DescriptionOf(name), Schema = SchemaOf(name) };

    private static string? DescriptionOf(string name) => name switch
    {
        "wait" => "How long to wait for the end of the job, at most 5m, such as 30s",
        "cursor" => "Where the last page ended: its next",
        "events" => "Names and patterns with commas between, such as job.dead,slo.*; all when absent",
        "skip" => "How many lines to leave out",
        "limit" => "At most so many",
        "expiresIn" => "When it ends by itself, such as 30m",
        "dryRun" => "Answer what it would be and meet, and change nothing",
        _ => null,
    };

    private static OpenApiSchema SchemaOf(string name) => name switch
    {
        "limit" => Number(1, WireLimits.PageSize),
        "skip" => Number(0, int.MaxValue - WireLimits.PageSize),
        "dryRun" => new OpenApiSchema { Type = JsonSchemaType.Boolean },
        "state" => new OpenApiSchema { Type = JsonSchemaType.String, Enum = [.. JobStateNames.All.Select(n => (JsonNode)JsonValue.Create(n))] },
        _ => new OpenApiSchema { Type = JsonSchemaType.String },
    };

    private static OpenApiSchema Number(int least, int most) => new()
    {
        Type = JsonSchemaType.Integer,
        Minimum = least.ToString(CultureInfo.InvariantCulture),
        Maximum = most.ToString(CultureInfo.InvariantCulture),
    };
}
