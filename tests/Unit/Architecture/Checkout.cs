namespace Worcr.Unit.Architecture;

/// <summary>The files of the checkout that people write.</summary>
internal static class Checkout
{
    private static readonly string[] NotOurs = ["bin", "obj", "node_modules", "dist", "artifacts", ".git", "worcr-data"];

    public static string Root { get; } = FindRoot();

    /// <summary>All files with one of these endings, sorted, as paths from the root.</summary>
    public static IEnumerable<string> Files(params string[] endings) => Under(Root)
        .Where(f => endings.Any(e => f.EndsWith(e, StringComparison.Ordinal)))
        .Select(f => Path.GetRelativePath(Root, f))
        .Order(StringComparer.Ordinal);

    public static string Text(string path) => File.ReadAllText(Path.Combine(Root, path));

    public static string[] Lines(string path) => File.ReadAllLines(Path.Combine(Root, path));

    /// <summary>Fails with the list of offenders, unless there are none.</summary>
    public static void None(IEnumerable<string> offenders, string rule)
    {
        List<string> found = [.. offenders];
        Assert.True(found.Count == 0, $"{rule}\n  {string.Join("\n  ", found)}");
    }

    private static IEnumerable<string> Under(string folder) => Directory.EnumerateFiles(folder)
        .Concat(Directory.EnumerateDirectories(folder).Where(d => !NotOurs.Contains(Path.GetFileName(d))).SelectMany(Under));

    private static string FindRoot([System.Runtime.CompilerServices.CallerFilePath] string here = "")
    {
        foreach (var start in new[] { AppContext.BaseDirectory, Path.GetDirectoryName(here)!, Directory.GetCurrentDirectory() })
        {
            for (var folder = start; folder is not null; folder = Path.GetDirectoryName(folder))
            {
                if (File.Exists(Path.Combine(folder, "Worcr.sln"))) return folder;
            }
        }

        throw new DirectoryNotFoundException("No Worcr.sln above the tests nor above the current folder.");
    }
}
