using System.Text.RegularExpressions;

namespace Worcr.Unit.Architecture;

/// <summary>Nothing silenced, nothing put off, nothing left lying about, no test that sleeps.</summary>
public sealed partial class CleanlinessTests
{
    private const string Own = "tests/Unit/Architecture/CleanlinessTests.cs";
    private static readonly string[] TestFolders = ["tests/", "src/client-py/tests/"];
    private static readonly string[] Written = [".cs", ".ts", ".tsx", ".py", ".sql", ".sh", ".mjs", ".css", ".yml", ".csproj", ".props"];

    [Fact]
    public void No_warning_is_silenced_in_the_source() => Checkout.None(
        Hits(Silenced(), ".cs", ".ts", ".tsx"), "A warning is mended, or ruled out for everybody in .editorconfig with a reason");

    [Fact]
    public void Nothing_is_put_off() => Checkout.None(
        Hits(PutOff(), [.. Written, ".md"]), "What is not done is an issue, not a comment");

    [Fact]
    public void No_test_sleeps() => Checkout.None(
        Hits(Sleep(), ".cs", ".py").Where(h => TestFolders.Any(t => h.StartsWith(t, StringComparison.Ordinal)) && !h.StartsWith("tests/bench/", StringComparison.Ordinal)),
        "A test waits for a named event, never for time to pass; only benchmarks have to do with time");

    [Fact]
    public void No_test_is_switched_off() => Checkout.None(
        Hits(SwitchedOff(), ".cs"), "A test runs, or is deleted; what it needs and may be missing it asks for at run time");

    [Fact]
    public void No_code_is_commented_out() => Checkout.None(
        Hits(DeadCode(), ".cs", ".ts", ".tsx"), "Old code lives in git, not in comments");

    private static IEnumerable<string> Hits(Regex pattern, params string[] endings) =>
        from file in Checkout.Files(endings)
        where file != Own
        from line in Checkout.Lines(file).Select((text, index) => (Text: text, Number: index + 1))
        where pattern.IsMatch(line.Text)
        select $"{file}:{line.Number}: {line.Text.Trim()}";

    [GeneratedRegex(@"#pragma warning disable|\[(assembly: )?SuppressMessage(?!.*Justification = "".{10,}"")|@ts-ignore|@ts-nocheck|eslint-disable", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Silenced();

    [GeneratedRegex(@"\b(TODO|FIXME|XXX|HACK)\b", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex PutOff();

    [GeneratedRegex(@"\bThread\.(Sleep|SpinWait)\(|\bTask\.Delay\(|\btime\.sleep\(", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Sleep();

    [GeneratedRegex(@"\[(Fact|Theory)\(.*\bSkip\b|Assert\.True\(true\)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex SwitchedOff();

    [GeneratedRegex(@"^\s*//(?!/)\s*(.*[;{]|}|\}\);?|(if|for|foreach|while|return|var|await|public|private)\b.*[;{(])\s*$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex DeadCode();
}
