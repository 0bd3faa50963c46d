using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using Worcr.Protocol;
using Worcr.SiloHost.Api.Enqueue;

namespace Worcr.SiloHost.Gateways.Faktory;

/// <summary>Makes a <see cref="Job"/> of a Faktory payload. Refusals come in the order of the original.</summary>
internal static class FaktoryJobReader
{
    private const long SecondMs = 1_000;
    private const int MiddlePriority = 5;

    /// <summary>What a worker of another protocol gets as the curve of retries; for those that come over Faktory see <see cref="FaktoryRetry"/>.</summary>
    private static readonly RetryPolicy Curve = new() { BaseMs = 15 * SecondMs, CapMs = 7 * 86_400 * SecondMs };

    /// <summary>The jid of a payload, or "" when it has none that could stand in an answer.</summary>
    public static string JidOf(JsonElement json)
    {
        try
        {
            return json.ValueKind == JsonValueKind.Object ? json.Text("jid") ?? "" : "";
        }
        catch (FaktoryException)
        {
            return "";
        }
    }

    /// <summary>The job, or a <see cref="FaktoryException"/>.</summary>
    public static Job Read(JsonElement json, long now)
    {
        if (json.ValueKind != JsonValueKind.Object) throw FaktoryException.Json("a job is an object");
        var jid = Jid(json);
        var type = json.Text("jobtype") is { Length: > 0 } jobtype ? jobtype : throw new FaktoryException("jobs must have a jobtype parameter");
        var args = Args(json);
        var reserveFor = json.Whole("reserve_for") ?? 0;
        if (reserveFor > FaktoryBounds.MaxReserveFor) throw new FaktoryException("jobs cannot be reserved for more than one day");
        var due = Due(json, now);
        var custom = FaktoryCustom.Read(json, now);
        var retry = Retry(json);
        return new Job
        {
            Id = FaktoryId.Of(jid),
            HasClientId = true,
            Shape = custom.ShapeOf(Name(type, "jobtype"), json.Text("queue") is { Length: > 0 } queue ? Name(queue, "queue") : JobDraft.DefaultQueue),
            Priority = custom.Priority ?? Priority(json),
            DueAt = due,
            ExpiresAt = custom.ExpiresAt is var expires && expires > 0 ? Math.Max(expires, Math.Max(now, due) + 1) : 0,
            Args = args,
            Options = new JobOptions
            {
                TimeoutMs = (reserveFor <= 0 ? FaktoryBounds.ReserveFor : Math.Max(reserveFor, FaktoryBounds.MinReserveFor)) * SecondMs,
                Retry = Curve with { MaxAttempts = retry < 0 ? 1 : retry + 1 },
                Batch = custom.Batch,
                Unique = custom.UniqueOf(type, json, Math.Max(0, due - now)),
                Meta = FaktoryMeta.Write(json, now, isScheduled: due > 0),
            },
            Given = custom.Given | (reserveFor > 0 ? JobGiven.Timeout : JobGiven.None) | Flag(json, "retry", JobGiven.Retry) | Flag(json, "queue", JobGiven.Queue),
        };
    }

    /// <summary>A name of ours: type, queue and the like.</summary>
    public static string Name(string text, string field) =>
        TextCache.IsName(text) ? text : throw new FaktoryException($"{field} must have 1 to {WireLimits.NameLength} characters, no control characters among them");

    private static JobGiven Flag(JsonElement json, string name, JobGiven flag) => json.TryGet(name, out _) ? flag : JobGiven.None;

    private static string Jid(JsonElement json)
    {
        var jid = json.Text("jid") ?? "";
        var length = Encoding.UTF8.GetByteCount(jid);
        if (length < FaktoryBounds.JidBytes) throw new FaktoryException("jobs must have a reasonable jid parameter");
        return length <= FaktoryBounds.JidMaxBytes ? jid : throw new FaktoryException($"a jid has at most {FaktoryBounds.JidMaxBytes} bytes");
    }

    private static byte[] Args(JsonElement json)
    {
        if (!json.TryGet("args", out var args)) throw new FaktoryException("jobs must have an args parameter");
        if (args.ValueKind != JsonValueKind.Array) throw FaktoryException.Json("args must be an array");
        var bytes = JsonMarshal.GetRawUtf8Value(args);
        return bytes.Length <= WireLimits.ArgsBytes ? bytes.ToArray() : throw new FaktoryException($"args have {bytes.Length} bytes; at most {WireLimits.ArgsBytes} are taken");
    }

    private static long Due(JsonElement json, long now)
    {
        if (json.Text("at") is not { Length: > 0 } at) return 0;
        if (!FaktoryJson.TryTime(at, out var due)) throw new FaktoryException($"invalid timestamp for 'at': '{at}'");
        return due > now ? due : 0;
    }

    private static int Retry(JsonElement json) =>
        (int)Math.Clamp(json.Whole("retry") ?? FaktoryBounds.Retries, -1, WireLimits.Attempts - 1);

    /// <summary>1 to 9, of which 5 is the usual one, that is 0 of ours; anything else is not a priority of the protocol's.</summary>
    private static int Priority(JsonElement json) =>
        json.TryGet("priority", out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var priority) && priority is >= 1 and <= 9
            ? priority - MiddlePriority
            : 0;
}
