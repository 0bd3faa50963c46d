using System.Text.Json;
using Worcr.Core.Rules;
using Worcr.Protocol;
using CoreTags = Worcr.Core.Matching.TagMatch;

namespace Worcr.SiloHost.Api.Resources;

/// <summary>Which jobs on which workers: document and core.</summary>
internal static class RuleMatches
{
    /// <summary>The match, or what is wrong with it.</summary>
    public static Fault? Read(RuleMatchDocument document, out RuleMatch match)
    {
        match = RuleMatch.Any;
        if (document.Function is not null) return FieldChecks.NoFunctions("match.function");
        if (MatchReader.Read(document, out var job) is { } fault) return fault;
        IReadOnlyList<ArgMatch> args = [];
        var worker = new CoreTags { All = document.Worker?.All ?? [], AnyOf = document.Worker?.Any ?? [], None = document.Worker?.None ?? [] };
        fault = FieldChecks.Names("match.worker.all", worker.All)
            ?? FieldChecks.Names("match.worker.any", worker.AnyOf)
            ?? FieldChecks.Names("match.worker.none", worker.None)
            ?? ReadArgs(document.Args, out args);
        if (fault is null) match = new RuleMatch { Job = job, Worker = worker, Args = args };
        return fault;
    }

    /// <summary>As it is written.</summary>
    public static RuleMatchDocument Write(RuleMatch match) => new()
    {
        Types = Some(match.Job.Types),
        Tenants = Some(match.Job.Tenants),
        Queues = Some(match.Job.Queues),
        Job = Tags(match.Job.AllTags, match.Job.AnyTags, match.Job.NoTags),
        Worker = Tags(match.Worker.All, match.Worker.AnyOf, match.Worker.None),
        Args = match.Args.Count == 0 ? null : match.Args.ToDictionary(a => a.Path, a => new RawJson(JsonSerializer.SerializeToUtf8Bytes(a.Value)), StringComparer.Ordinal),
    };

    /// <summary>Whether a text can be the path of an argument.</summary>
    public static bool IsPath(string path) =>
        path.Length is > 0 and <= ArgPaths.MaxPath && !path.Any(char.IsControl) && !path.Split('.').Contains("", StringComparer.Ordinal);

    /// <summary>The demands on arguments, sorted by path, or what is wrong with them.</summary>
    public static Fault? ReadArgs(IReadOnlyDictionary<string, RawJson>? document, out IReadOnlyList<ArgMatch> args)
    {
        args = [];
        if (document is null) return null;
        if (document.Count > WireLimits.MatchArgs) return FieldChecks.Invalid("match.args", $"at most {WireLimits.MatchArgs} are taken");
        var read = new List<ArgMatch>();
        foreach (var (path, value) in document.OrderBy(a => a.Key, StringComparer.Ordinal))
        {
            if (!IsPath(path)) return FieldChecks.Invalid("match.args", "has a name that is no path such as shop.id");
            if (TextOf(value) is not { } text) return FieldChecks.Invalid("match.args." + path, "must be a string, a number, true, false or null");
            read.Add(new ArgMatch(path, text));
        }

        args = read;
        return null;
    }

    private static string? TextOf(RawJson value)
    {
        try
        {
            using var json = JsonDocument.Parse(value.Utf8);
            return ArgPaths.Text(json.RootElement);
        }
        catch (InvalidOperationException)
        {
            return null; // half a surrogate pair is no text
        }
    }

    private static IReadOnlyList<string>? Some(IReadOnlyList<string> names) => names.Count == 0 ? null : names;

    private static TagMatch? Tags(IReadOnlyList<string> all, IReadOnlyList<string> any, IReadOnlyList<string> none) =>
        all.Count + any.Count + none.Count == 0 ? null : new TagMatch { All = Some(all), Any = Some(any), None = Some(none) };
}
