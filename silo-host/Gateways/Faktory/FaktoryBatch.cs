using System.Text.Json;
using Worcr.Protocol;
using Worcr.SiloHost.Api.Enqueue;
using BatchRequest = Worcr.Grains.BatchRequest;

namespace Worcr.SiloHost.Gateways.Faktory;

/// <summary>Between Faktory's batches and ours: a bid is <c>b-</c> and the batch's id without dashes; a callback is kept as the body of <c>POST /v1/jobs</c> that it is.</summary>
internal static class FaktoryBatch
{
    private const string Prefix = "b-";

    /// <summary>The bid of a batch.</summary>
    public static string BidOf(Guid batch) => Prefix + batch.ToString("N");

    /// <summary>The batch of a bid; false when it is nobody's.</summary>
    public static bool TryId(string bid, out Guid batch)
    {
        batch = Guid.Empty;
        return bid.StartsWith(Prefix, StringComparison.Ordinal) && Guid.TryParseExact(bid[Prefix.Length..], "N", out batch) && batch != Guid.Empty;
    }

    /// <summary>Reads the argument of BATCH NEW.</summary>
    public static BatchRequest.Create Read(ReadOnlyMemory<byte> argument, Guid id, IJobTemplates templates, long now)
    {
        using var document = FaktoryJson.ParseObject(argument);
        var json = document.RootElement;
        var description = json.Text("description") is { Length: > 0 } text ? text : null;
        if (description is not null && !TextCache.IsName(description)) throw new FaktoryException($"description must have 1 to {WireLimits.NameLength} characters, no control characters among them");
        if (json.Text("parent_bid") is { Length: > 0 }) throw new FaktoryException("parent_bid: a batch cannot be part of another one");
        var (success, complete) = (Callback(json, "success", id, templates, now), Callback(json, "complete", id, templates, now));
        if (success is null && complete is null) throw new FaktoryException("a batch needs a success or a complete callback");
        return new BatchRequest.Create(id, description, IsOpen: true, []) { OnSuccess = success, OnComplete = complete };
    }

    private static byte[]? Callback(JsonElement batch, string name, Guid id, IJobTemplates templates, long now)
    {
        if (!batch.TryGet(name, out var json)) return null;
        var job = FaktoryJobReader.Read(json, now);
        if (job.DueAt > 0 || job.ExpiresAt > 0 || job.Options.Unique is not null || job.Options.Batch is not null) throw new FaktoryException($"{name}: a callback has no at, expiry, unique_for or bid");
        var template = Template(job, json, name, id);
        return templates.Create(template, now) is not null ? template : throw new FaktoryException($"{name}: this is no job");
    }

    private static byte[] Template(Job job, JsonElement json, string name, Guid id) => FaktoryWriting.Object(body =>
    {
        body.WriteString("type", job.Shape.Type);
        body.WriteString("queue", job.Shape.Queue);
        body.WritePropertyName("args");
        body.WriteRawValue(job.Args!);
        body.WriteNumber("priority", job.Priority);
        body.WriteString("timeout", $"{job.Options.TimeoutMs}ms");
        if (job.Shape.Tenant.Length > 0) body.WriteString("tenant", job.Shape.Tenant);
        if (job.Shape.Weight != 1) body.WriteNumber("weight", job.Shape.Weight);
        if (job.Shape.SloMs > 0) body.WriteString("slo", $"{job.Shape.SloMs}ms");
        if (job.Shape.OrderKey is { } key) body.WriteString("orderKey", key);
        WriteTags(body, job.Shape.Tags);
        body.WriteStartObject("retry");
        body.WriteNumber("maxAttempts", job.Options.Retry.MaxAttempts);
        body.WriteString("base", $"{job.Options.Retry.BaseMs}ms");
        body.WriteString("cap", $"{job.Options.Retry.CapMs}ms");
        body.WriteEndObject();
        WriteCustom(body, json, name, id);
    });

    private static void WriteTags(Utf8JsonWriter body, string[] tags)
    {
        if (tags.Length == 0) return;
        body.WriteStartArray("tags");
        foreach (var tag in tags) body.WriteStringValue(tag);
        body.WriteEndArray();
    }

    /// <summary>The callback's <c>custom</c>, and of which batch it is: FETCH shows the meta of such a job as custom.</summary>
    private static void WriteCustom(Utf8JsonWriter body, JsonElement json, string name, Guid id)
    {
        body.WriteStartObject("meta");
        if (json.TryGet("custom", out var custom))
        {
            foreach (var member in custom.EnumerateObject().Where(m => m.Name is not ("_bid" or "_cb")).DistinctBy(m => m.Name, StringComparer.Ordinal)) member.WriteTo(body);
        }

        body.WriteString("_bid", BidOf(id));
        body.WriteString("_cb", name);
        body.WriteEndObject();
    }
}
