using System.Globalization;
using System.Reflection;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using Worcr.Protocol;
using Worcr.SiloHost.Api.Resources;

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
        else if (context.JsonPropertyInfo?.AttributeProvider is MemberInfo { Name: nameof(LimitBody.Key) } && plain == typeof(RawJson))
        {
            var part = new OpenApiSchema { Type = JsonSchemaType.String };
            schema.AnyOf = [part, new OpenApiSchema { Type = JsonSchemaType.Array, Items = part, MaxItems = WireLimits.KeyParts }, new OpenApiSchema { Type = JsonSchemaType.Null }];
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
            case (nameof(JobRequest) or nameof(BulkJobsRequest) or nameof(TypeBody), "Weight") or (nameof(TenantBody), "Share" or "MaxWeight") or (nameof(WeightBody), "Factor"):
                Range(schema, WireLimits.MinWeight, WireLimits.MaxWeight);
                break;
            case (nameof(RetryOptions), "MaxAttempts" or "MaxFails"):
                Range(schema, 1, WireLimits.Attempts);
                break;
            case (nameof(SettingsBody), "MaxDead"):
                Range(schema, 1, WireLimits.DeadJobs);
                break;
            case (nameof(LimitBody), "Limit"):
                Range(schema, 0, WireLimits.Permits);
                break;
            case (nameof(LimitBody), "Burst") or (nameof(AdaptiveOptions), "Min" or "Max") or (nameof(TenantBody), "MaxConcurrency"):
                Range(schema, 1, WireLimits.Permits);
                break;
            case (nameof(EndpointBody), "Slots"):
                Range(schema, 1, WireLimits.EndpointSlots);
                break;
            case (nameof(EndpointBody), "Url"):
                Length(schema, WireLimits.UrlLength);
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
            (nameof(QueueDocument), "State") => QueuesEndpoint.States,
            (nameof(PauseDocument), "State") => [WireChoices.Pausing, WireChoices.Paused],
            (nameof(EndpointDocument) or nameof(StatsEndpoint), "State") => WireChoices.EndpointState.Names,
            (_, "State") when owner != typeof(WorkerDocument) => JobStateNames.All,
            (nameof(WorkerOrderDocument), "Order") => [.. WireChoices.WorkerOrder.Names, WireChoices.NoOrder],
            (nameof(SloDocument), "Alert") => ["none", "ticket", "page"],
            (nameof(ViolationDocument), "Action") => WireChoices.OnViolation.Names,
            (nameof(RetryOptions), "Backoff") => WireChoices.Backoff.Names,
            (nameof(RouteBody), "Effect") => [WireChoices.Prohibit],
            (nameof(LimitBody), "Kind") => WireChoices.LimitKind.Names,
            (nameof(LimitBody), "Use") => WireChoices.LimitUse.Names,
            (nameof(ScheduleBody), "Missed") => WireChoices.Missed.Names,
            (nameof(ScheduleBody), "Overlap") => WireChoices.Overlap.Names,
            (nameof(TypeBody), "OnViolation") => WireChoices.OnViolation.Names,
            (nameof(ShedBody), "Action") => WireChoices.ShedAction.Names,
            (nameof(SettingsBody), "Fairness") => WireChoices.Fairness.Names,
            (nameof(SettingsBody), "Charge") => WireChoices.Charge.Names,
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
