using System.Text.Json;
using Worcr.Grains.Simulation;
using Worcr.Protocol;
using Worcr.SiloHost.Api;

namespace Worcr.SiloHost.Simulate;

/// <summary>Reads run times: a duration, or an object with mean, deviation and distribution.</summary>
internal static class RunTimes
{
    private const double DefaultDeviation = 0.25;

    private static readonly WireChoice<RunTimeShape> Shapes = new("constant", "normal", "exponential");

    /// <summary>Reads one.</summary>
    public static Fault? Read(string path, RawJson json, out RunTime runTime)
    {
        runTime = default;
        using var document = JsonDocument.Parse(json.Utf8);
        var root = document.RootElement;
        if (root.ValueKind != JsonValueKind.Object) return ReadMs(path, root, out var ms) ?? Made(new RunTime(RunTimeShape.Constant, ms), out runTime);
        foreach (var member in root.EnumerateObject())
        {
            if (member.Name is not ("mean" or "deviation" or "distribution")) return new Fault(ErrorCodes.UnknownField, "is not known here", $"{path}.{member.Name}");
        }

        return ReadObject(path, root, out runTime);
    }

    private static Fault? ReadObject(string path, JsonElement root, out RunTime runTime)
    {
        runTime = default;
        if (!root.TryGetProperty("mean", out var mean)) return FieldChecks.Invalid($"{path}.mean", "is required");
        var (deviationMs, shape) = (0L, default(RunTimeShape));
        var hasDeviation = root.TryGetProperty("deviation", out var deviation);
        var fault = ReadMs($"{path}.mean", mean, out var meanMs)
            ?? (hasDeviation ? ReadMs($"{path}.deviation", deviation, out deviationMs) : null)
            ?? ReadShape($"{path}.distribution", root, hasDeviation, out shape);
        if (fault is not null) return fault;
        if (hasDeviation && shape != RunTimeShape.Normal) return FieldChecks.Invalid($"{path}.deviation", "goes with a normal distribution only");
        return Made(new RunTime(shape, meanMs, hasDeviation ? deviationMs : DefaultDeviation * meanMs), out runTime);
    }

    private static Fault? ReadShape(string path, JsonElement root, bool hasDeviation, out RunTimeShape shape)
    {
        shape = hasDeviation ? RunTimeShape.Normal : RunTimeShape.Constant;
        if (!root.TryGetProperty("distribution", out var name)) return null;
        return Shapes.Read(path, name.ValueKind == JsonValueKind.String ? name.GetString() : "", out shape);
    }

    private static Fault? ReadMs(string path, JsonElement value, out long ms)
    {
        ms = value.ValueKind == JsonValueKind.String && Duration.TryParse(value.GetString(), out var duration) ? duration.Milliseconds : 0;
        return ms > 0 ? null : FieldChecks.Invalid(path, "must be a duration such as 250ms, 30s or 5m, longer than nothing");
    }

    private static Fault? Made(RunTime made, out RunTime runTime)
    {
        runTime = made;
        return null;
    }
}
