using System.Text.Json;

namespace Worcr.Unit.Architecture;

/// <summary>Short methods, small files. The numbers in ratchet.json may only fall.</summary>
public sealed class SizeTests
{
    private const int LongestMethodAllowed = 60;
    private const int LongestFileAllowed = 400;
    private const int LongMethod = 30;
    private const int LongFile = 200;
    private const int Slack = 3;

    private static readonly string[] Written = [".cs", ".ts", ".tsx", ".css", ".sql", ".sh", ".mjs"];

    [Fact]
    public void No_method_is_longer_than_sixty_lines()
    {
        var methods = Methods();
        Assert.True(methods.Count > 100, $"only {methods.Count} methods were found: the debug symbols are missing");
        Checkout.None(
            methods.Where(m => m.Lines > LongestMethodAllowed).Select(m => $"{m.Place} has {m.Lines} lines"),
            $"A method has at most {LongestMethodAllowed} lines");
    }

    [Fact]
    public void No_file_is_longer_than_four_hundred_lines() => Checkout.None(
        Files().Where(f => f.Lines > LongestFileAllowed).Select(f => $"{f.Path} has {f.Lines} lines"),
        $"A file has at most {LongestFileAllowed} lines");

    [Fact]
    public void There_are_no_more_long_methods_than_there_were()
    {
        var longer = Methods().Where(m => m.Lines > LongMethod).Select(m => $"{m.Place}: {m.Lines}").ToList();
        Ratchet("methodsOver30Lines", longer);
    }

    [Fact]
    public void There_are_no_more_long_files_than_there_were()
    {
        var longer = Files().Where(f => f.Lines > LongFile && !f.Path.StartsWith("tests/", StringComparison.Ordinal)).Select(f => $"{f.Path}: {f.Lines}").ToList();
        Ratchet("filesOver200Lines", longer);
    }

    private static void Ratchet(string name, List<string> found)
    {
        const string File = "tests/Unit/Architecture/ratchet.json";
        var allowed = JsonSerializer.Deserialize<Dictionary<string, int>>(Checkout.Text(File))![name];
        var list = string.Join("\n  ", found);
        Assert.True(found.Count <= allowed, $"{name} rose from {allowed} to {found.Count}: shorten one of\n  {list}");
        Assert.True(found.Count >= allowed - Slack, $"{name} has fallen to {found.Count}: well done; write that into {File}, so that it stays");
    }

    private static List<MethodSpan> Methods()
    {
        var methods = new List<MethodSpan>();
        foreach (var name in BuiltAssembly.Production)
        {
            using var assembly = new BuiltAssembly(name);
            methods.AddRange(assembly.Methods);
        }

        return methods;
    }

    private static IEnumerable<(string Path, int Lines)> Files() => Checkout.Files(Written).Select(f => (f, Checkout.Lines(f).Length));
}
