using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Worcr.Protocol;

namespace Worcr.SiloHost.Gateways.Faktory;

/// <summary>What we understand of a job's <c>custom</c>; all of it is kept as it is.</summary>
internal sealed record FaktoryCustom
{
    private const double SecondMs = 1_000;

    public string Tenant { get; private init; } = "";

    public string[] Tags { get; private init; } = [];

    public double Weight { get; private init; } = 1;

    public long SloMs { get; private init; }

    public string? OrderKey { get; private init; }

    public int? Priority { get; private init; }

    /// <summary>Unix milliseconds; 0: never.</summary>
    public long ExpiresAt { get; private init; }

    /// <summary>Milliseconds; 0: not unique.</summary>
    public long UniqueForMs { get; private init; }

    /// <summary>Unique only until its first attempt starts.</summary>
    public bool UntilStart { get; private init; }

    /// <summary>The batch that it joins, or null.</summary>
    public Guid? Batch { get; private init; }

    /// <summary>Which fields it gives.</summary>
    public JobGiven Given { get; private init; }

    /// <summary>Reads it; a value that we understand and that is wrong is refused.</summary>
    public static FaktoryCustom Read(JsonElement job, long now)
    {
        if (!job.TryGet("custom", out var custom)) return new FaktoryCustom();
        if (custom.ValueKind != JsonValueKind.Object) throw FaktoryException.Json("custom must be an object");
        return new FaktoryCustom
        {
            Tenant = custom.Text("tenant") is { Length: > 0 } tenant ? FaktoryJobReader.Name(tenant, "custom.tenant") : "",
            Tags = TagsOf(custom),
            Weight = custom.Number("weight") is { } weight ? Within(weight, "weight", WireLimits.MinWeight, WireLimits.MaxWeight) : 1,
            SloMs = SloOf(custom),
            OrderKey = custom.Text("orderKey") is { } key ? FaktoryJobReader.Name(key, "custom.orderKey") : null,
            Priority = custom.Number("priority") is { } priority ? (int)Within(priority, "priority", int.MinValue, int.MaxValue) : null,
            ExpiresAt = ExpiryOf(custom, now),
            UniqueForMs = custom.Number("unique_for") is { } span && span != 0 ? (long)(Within(span, "unique_for", 0.001, FaktoryBounds.LongestSpan) * SecondMs) : 0,
            Batch = BatchOf(custom),
            UntilStart = custom.Text("unique_until") == "start",
            Given = Flag(custom, "tags", JobGiven.Tags) | Flag(custom, "weight", JobGiven.Weight) | Flag(custom, "slo", JobGiven.Slo) | Flag(custom, "priority", JobGiven.Priority),
        };
    }

    /// <summary>The lane of the job.</summary>
    public LaneShape ShapeOf(string type, string queue) => new(type, Tenant, queue, Tags, Weight, SloMs, OrderKey);

    /// <summary>At most one job of the same type, arguments and queue; null: any number. The time until a scheduled job is due counts besides.</summary>
    public UniquePolicy? UniqueOf(string type, JsonElement job, long delayMs)
    {
        if (UniqueForMs == 0) return null;
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes))
        {
            json.WriteStartArray();
            json.WriteStringValue(type);
            json.WriteStringValue(job.Text("queue") is { Length: > 0 } queue ? queue : "default");
            job.GetProperty("args").WriteTo(json);
            json.WriteEndArray();
        }

        var key = "faktory:" + Convert.ToHexStringLower(SHA256.HashData(bytes.ToArray()));
        return new UniquePolicy(key, UntilStart ? UniqueUntil.Started : UniqueUntil.Finished, UniqueForMs + delayMs, UniqueConflict.Reject);
    }

    private static JobGiven Flag(JsonElement custom, string name, JobGiven flag) => custom.TryGet(name, out _) ? flag : JobGiven.None;

    private static double Within(double value, string name, double min, double max) =>
        value >= min && value <= max ? value : throw new FaktoryException(FormattableString.Invariant($"custom.{name} must be from {min:0.######} to {max:0}"));

    private static string[] TagsOf(JsonElement custom)
    {
        var tags = custom.Texts("tags");
        if (tags.Count > WireLimits.Tags) throw new FaktoryException($"custom.tags: at most {WireLimits.Tags} are taken");
        return [.. tags.Select(tag => FaktoryJobReader.Name(tag, "custom.tags")).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
    }

    private static Guid? BatchOf(JsonElement custom)
    {
        if (custom.Text("bid") is not { Length: > 0 } bid) return null;
        return FaktoryBatch.TryId(bid, out var id) ? id : throw FaktoryException.NoBatch(bid);
    }

    private static long SloOf(JsonElement custom)
    {
        if (custom.Text("slo") is not { } text) return 0;
        return Duration.TryParse(Encoding.UTF8.GetBytes(text), out var slo) && slo.Milliseconds > 0
            ? slo.Milliseconds
            : throw new FaktoryException("custom.slo must be a duration such as \"30s\" or \"5m\"");
    }

    private static long ExpiryOf(JsonElement custom, long now)
    {
        if (custom.Text("expires_at") is { } at) return FaktoryJson.TryTime(at, out var moment) ? Math.Max(1, moment) : throw new FaktoryException($"invalid timestamp for 'expires_at': '{at}'");
        return custom.Number("expires_in") is { } span ? now + (long)(Within(span, "expires_in", 0.001, FaktoryBounds.LongestSpan) * SecondMs) : 0;
    }
}
