using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Unicode;
using Worcr.Protocol.Worker;

namespace Worcr.SiloHost.Gateways.Sessions;

/// <summary>Turns what a worker says into requests to the dispatcher, or refuses it.</summary>
public static class WorkerCallChecks
{
    private static readonly string[] AllTypes = ["*"];

    /// <summary>The request of a <see cref="RegisterCall"/>.</summary>
    public static RegisterRequest Request(this RegisterCall? call, string transport)
    {
        if (call is null) throw WorkerCallException.Invalid("registration", "An object is expected.");
        return new RegisterRequest
        {
            Worker = Name(call.Worker, "worker"),
            Types = call.Types is null or [] ? throw WorkerCallException.Invalid("types", "At least one type is needed; * is all.") : Names(call.Types, "types", WorkerBounds.Types),
            Tags = Names(call.Tags, "tags", WorkerBounds.Tags),
            Queues = Names(call.Queues, "queues", WorkerBounds.Types),
            Slots = Slots(call.Slots ?? 1),
            Prefetch = call.Prefetch is < 0 or > WorkerBounds.Slots ? throw WorkerCallException.Invalid("prefetch", "0 to 10,000 is allowed.") : call.Prefetch,
            Held = Leases(call.Held),
            Transport = transport,
        };
    }

    /// <summary>The request of a <see cref="LeaseCall"/>.</summary>
    public static LeaseRequest Request(this LeaseCall call, long maxWaitMs) => new()
    {
        Worker = Name(call.Worker, "worker"),
        Types = call.Types is null or [] ? AllTypes : Names(call.Types, "types", WorkerBounds.Types),
        Tags = Names(call.Tags, "tags", WorkerBounds.Tags),
        Queues = Names(call.Queues, "queues", WorkerBounds.Types),
        Max = (call.Max ?? 1) is >= 1 and <= WorkerBounds.LeaseJobs and var max ? max : throw WorkerCallException.Invalid("max", "1 to 1,000 is allowed."),
        WaitMs = call.Wait is null ? 0 : Math.Min(Duration(call.Wait, "wait"), maxWaitMs),
    };

    /// <summary>A number of slots.</summary>
    public static int Slots(int slots) =>
        slots is >= 0 and <= WorkerBounds.Slots ? slots : throw WorkerCallException.Invalid("slots", "0 to 10,000 is allowed.");

    /// <summary>A lease.</summary>
    public static LeaseToken Lease(string? text, string field = "lease") =>
        LeaseToken.TryParse(text, out var lease) ? lease : throw WorkerCallException.Invalid(field, "This is no lease.");

    /// <summary>A name of 1 to 255 characters.</summary>
    public static string Name(string? name, string field) =>
        name is { Length: >= 1 and <= WorkerBounds.NameLength } ? name : throw WorkerCallException.Invalid(field, "1 to 255 characters are needed.");

    /// <summary>A checkpoint of a <see cref="JsonElement"/>.</summary>
    public static NoteRequest.Checkpoint Checkpoint(LeaseToken lease, string? name, JsonElement? value)
    {
        var bytes = value is { ValueKind: not JsonValueKind.Undefined } given ? JsonMarshal.GetRawUtf8Value(given) : "null"u8;
        if (bytes.Length > WorkerBounds.PayloadBytes) throw WorkerCallException.TooLarge("value", "A checkpoint may have 1 MiB.");
        if (!Utf8.IsValid(bytes)) throw WorkerCallException.Invalid("value", "This is no UTF-8.");
        return new NoteRequest.Checkpoint(lease, Name(name, "name"), bytes.ToArray());
    }

    /// <summary>A named done/total pair.</summary>
    public static NoteRequest.Progress Progress(LeaseToken lease, string? name, double? done, double? total)
    {
        if (done is null || !double.IsFinite(done.Value)) throw WorkerCallException.Invalid("done", "A number is needed.");
        if (total is { } given && !double.IsFinite(given)) throw WorkerCallException.Invalid("total", "A number is needed.");
        return new NoteRequest.Progress(lease, Name(name, "name"), done.Value, total ?? 0);
    }

    /// <summary>A log line; a longer one than the bound is cut.</summary>
    public static NoteRequest.Log Log(LeaseToken lease, string? level, string? line)
    {
        if (line is null) throw WorkerCallException.Invalid("line", "Text is needed.");
        return new NoteRequest.Log(lease, Name(level ?? "info", "level"), line.Length > WorkerBounds.LogLine ? line[..WorkerBounds.LogLine] : line);
    }

    /// <summary>The wish for permits.</summary>
    public static AcquireRequest Acquire(string? lease, string? limit, string? key, double? n, string? wait)
    {
        var count = n ?? 1;
        if (count is not (>= 1 and <= WorkerBounds.Permits) || count % 1 != 0) throw WorkerCallException.Invalid("n", "A whole number from 1 to 1,000,000,000 is needed.");
        if (key is { Length: > WorkerBounds.KeyLength }) throw WorkerCallException.Invalid("key", "At most 2,048 characters are allowed.");
        var waitMs = wait is null ? 0 : Duration(wait, "wait");
        if (waitMs > WorkerBounds.AcquireWaitMs) throw WorkerCallException.Invalid("wait", "At most 60s are allowed.");
        return new AcquireRequest(Lease(lease), Name(limit, "limit"), key ?? "", (int)count, waitMs);
    }

    /// <summary>Milliseconds of a duration.</summary>
    public static long Duration(string text, string field) =>
        Protocol.Duration.TryParse(text, out var value) ? value.Milliseconds : throw WorkerCallException.Invalid(field, "This is no duration: write 250ms, 30s, 5m, 12h or 7d.");

    private static IReadOnlyList<string> Names(IReadOnlyList<string>? names, string field, int most)
    {
        if (names is null) return [];
        if (names.Count > most) throw WorkerCallException.TooLarge(field, $"At most {most} are allowed.");
        for (var i = 0; i < names.Count; i++) Name(names[i], $"{field}[{i}]");
        return names;
    }

    private static LeaseToken[] Leases(IReadOnlyList<string>? held)
    {
        if (held is null or []) return [];
        if (held.Count > WorkerBounds.Held) throw WorkerCallException.TooLarge("held", "At most 20,000 leases are allowed.");
        var leases = new LeaseToken[held.Count];
        for (var i = 0; i < leases.Length; i++) leases[i] = Lease(held[i], $"held[{i}]");
        return leases;
    }
}
