using System.Text.RegularExpressions;

namespace Worcr.Unit.Architecture;

/// <summary>A name says what a thing is, and a file is named after the one thing in it.</summary>
public sealed partial class NamingTests
{
    private static readonly string[] Empty = ["Utils", "Util", "Utilities", "Helper", "Helpers", "Common", "Manager", "Managers", "Misc"];

    [Fact]
    public void A_file_declares_one_type_and_is_named_after_it()
    {
        var offenders = new List<string>();
        foreach (var file in Checkout.Files(".cs"))
        {
            var types = TopLevelType().Matches(Checkout.Text(file)).Select(m => m.Groups["name"].Value).Distinct().ToList();
            var name = Path.GetFileName(file).Split('.')[0];
            if (types.Count > 1) offenders.Add($"{file} declares {string.Join(", ", types)}");
            else if (types.Count == 1 && types[0] != name) offenders.Add($"{file} declares {types[0]}");
        }

        Checkout.None(offenders, "One type a file, the file named after it (X.Log.cs is a part of X)");
    }

    [Fact]
    public void Nothing_has_a_name_that_says_nothing()
    {
        var offenders = new List<string>();
        foreach (var name in BuiltAssembly.Production)
        {
            using var assembly = new BuiltAssembly(name);
            offenders.AddRange(assembly.OwnTypes
                .Where(t => t.Namespace.Split('.').Intersect(Empty).Any() || Empty.Any(e => t.Name.EndsWith(e, StringComparison.Ordinal)))
                .Select(t => t.ToString()));
        }

        offenders.AddRange(Checkout.Files(".cs", ".ts", ".tsx", ".sql").Where(f => f.Split('/', '.').Intersect(Empty.Concat(Empty.Select(e => e.ToLowerInvariant()))).Any()));
        Checkout.None(offenders, $"None of these is a name for anything: {string.Join(", ", Empty)}");
    }

    [Fact]
    public void A_namespace_follows_its_project()
    {
        var roots = Checkout.Files(".csproj").ToDictionary(
            p => Path.GetDirectoryName(p)! + "/",
            p => RootNamespace().Match(Checkout.Text(p)).Groups["name"].Value);
        var offenders = new List<string>();
        foreach (var file in Checkout.Files(".cs"))
        {
            var home = roots.Where(r => file.StartsWith(r.Key, StringComparison.Ordinal)).OrderBy(r => r.Key.Length).LastOrDefault().Value;
            var declared = Namespace().Match(Checkout.Text(file));
            if (!declared.Success) continue;
            var name = declared.Groups["name"].Value;
            if (name != home && !name.StartsWith(home + ".", StringComparison.Ordinal)) offenders.Add($"{file} is in {name}, its project is {home}");
        }

        Checkout.None(offenders, "A file's namespace starts with its project's");
    }

    [GeneratedRegex(@"^(?:(?:public|internal|file|static|sealed|abstract|partial|readonly|ref|unsafe) )*(?:class|struct|interface|enum|record(?: struct| class)?|delegate [\w<>?\[\]., ]+?) (?<name>\w+)", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex TopLevelType();

    [GeneratedRegex(@"<RootNamespace>(?<name>[\w.]+)</RootNamespace>", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex RootNamespace();

    [GeneratedRegex(@"^namespace (?<name>[\w.]+);", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Namespace();
}
