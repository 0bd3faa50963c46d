using Worcr.Protocol;
using Worcr.SiloHost.Api.Enqueue;

namespace Worcr.SiloHost.Api;

/// <summary>Bounds of the fields of small bodies; an absent field keeps to all of them.</summary>
internal static class FieldChecks
{
    /// <summary>What is wrong with a text that has to be a name.</summary>
    public static readonly string NameRule = $"must have 1 to {WireLimits.NameLength} characters, no control characters among them";

    /// <summary>A field is not valid.</summary>
    public static Fault Invalid(string path, string what) => new(ErrorCodes.InvalidField, what, path);

    /// <summary>A part that needs functions.</summary>
    public static Fault NoFunctions(string path) => Invalid(path, "functions are not available yet");

    /// <summary>A number within bounds.</summary>
    public static Fault? Range(string path, double? value, double min, double max) =>
        value is { } number && !(number >= min && number <= max) ? Invalid(path, FormattableString.Invariant($"must be from {min:0.######} to {max:0}")) : null;

    /// <summary>A whole number within bounds.</summary>
    public static Fault? Whole(string path, long? value, long min, long max) =>
        value is { } number && (number < min || number > max) ? Invalid(path, $"must be a whole number from {min} to {max}") : null;

    /// <summary>A duration that is longer than nothing.</summary>
    public static Fault? Longer(string path, Duration? value) => value is { Milliseconds: 0 } ? Invalid(path, "must be longer than nothing") : null;

    /// <summary>A name.</summary>
    public static Fault? Name(string path, string? value) => value is null || TextCache.IsName(value) ? null : Invalid(path, NameRule);

    /// <summary>Names, of which one may be empty.</summary>
    public static Fault? Names(string path, IReadOnlyList<string?>? values, int most = WireLimits.MatchValues, bool nameless = false)
    {
        if (values is null) return null;
        if (values.Count > most) return Invalid(path, $"at most {most} are taken");
        for (var i = 0; i < values.Count; i++)
        {
            if (values[i] is { } value && (TextCache.IsName(value) || (nameless && value.Length == 0))) continue;
            return Invalid($"{path}[{i}]", NameRule);
        }

        return null;
    }
}
