using System.Globalization;
using System.Reflection;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using Worcr.Protocol;

namespace Worcr.SiloHost.Api.OpenApi;

/// <summary>What the types alone do not say: how values of our own are written, and the bounds of the fields.</summary>
internal static class SchemaBounds
{
    private const string DurationPattern = "^[0-9]{1,15}(ms|s|m|h|d)$";

    /// <summary>Adds it to a schema.</summary>
    public static Task ApplyAsync(OpenApiSchema schema, OpenApiSchemaTransformerContext context)
    {
        var type = context.JsonTypeInfo.Type;
        var plain = Nullable.GetUnderlyingType(type) ?? type;
        var nullable = type == plain ? default : JsonSchemaType.Null;
        if (plain == typeof(Duration))
        {
            schema.Type = JsonSchemaType.String | nullable;
            schema.Pattern = DurationPattern;
        }
        else if (plain == typeof(RawJson))
        {
            schema.Description = "Any JSON.";
        }

        if (context.JsonPropertyInfo?.AttributeProvider is MemberInfo { DeclaringType: { } owner } member) Bound(schema, owner, member.Name);
        return Task.CompletedTask;
    }

    private static void Bound(OpenApiSchema schema, Type owner, string member)
    {
        switch (owner.Name, member)
        {
            case (nameof(JobRequest), "Type" or "Tenant" or "Queue" or "OrderKey"):
                Length(schema, WireLimits.NameLength);
                break;
            case (nameof(UniqueOptions), "Key"):
                Length(schema, WireLimits.UniqueKeyLength);
                break;
            case (nameof(JobRequest), "Tags"):
                schema.MaxItems = WireLimits.Tags;
                break;
            case (nameof(JobRequest) or nameof(BulkJobsRequest), "Weight") or (nameof(TenantRequest), "Share"):
                Range(schema, WireLimits.MinWeight, WireLimits.MaxWeight);
                break;
            case (nameof(RetryOptions), "MaxAttempts" or "MaxFails"):
                Range(schema, 1, WireLimits.Attempts);
                break;
            case (nameof(RetryOptions), "Jitter"):
                Range(schema, 0, 1);
                break;
            default:
                Choices(schema, owner, member);
                break;
        }
    }

    private static void Choices(OpenApiSchema schema, Type owner, string member)
    {
        IReadOnlyList<string> names = (owner.Name, member) switch
        {
            (_, "State") when owner != typeof(WorkerDocument) => JobStateNames.All,
            (nameof(RetryOptions), "Backoff") => ["exponential", "linear", "fixed"],
            (nameof(UniqueOptions), "Until") => ["started", "finished", "expired"],
            (nameof(UniqueOptions), "OnConflict") => ["return", "reject", "replace"],
            (nameof(BulkJobsRequest), "Action") => ["cancel", "retry", "discard", "reweigh"],
            _ => [],
        };
        if (names.Count == 0) return;
        schema.Enum = [.. names.Select(n => (JsonNode)JsonValue.Create(n))];
        if (schema.Type?.HasFlag(JsonSchemaType.Null) == true) schema.Enum.Add(null!);
    }

    private static void Length(OpenApiSchema schema, int most)
    {
        schema.MinLength = 1;
        schema.MaxLength = most;
    }

    private static void Range(OpenApiSchema schema, double least, double most)
    {
        schema.Minimum = least.ToString("0.######", CultureInfo.InvariantCulture);
        schema.Maximum = most.ToString("0", CultureInfo.InvariantCulture);
    }
}
