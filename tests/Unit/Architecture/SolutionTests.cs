using System.Text.RegularExpressions;

namespace Worcr.Unit.Architecture;

/// <summary>The house is whole: every project is in the solution and locked, both stores have the same migrations.</summary>
public sealed partial class SolutionTests
{
    [Fact]
    public void Every_project_is_in_the_solution()
    {
        var listed = Checkout.Text("Worcr.sln").Replace('\\', '/');
        Checkout.None(Checkout.Files(".csproj").Where(p => !listed.Contains($"\"{p}\"", StringComparison.Ordinal)), "Every project is in Worcr.sln: dotnet sln add");
    }

    [Fact]
    public void Every_project_has_its_lock_file() => Checkout.None(
        Checkout.Files(".csproj").Where(p => !File.Exists(Path.Combine(Checkout.Root, Path.GetDirectoryName(p)!, "packages.lock.json"))),
        "Every project commits its packages.lock.json");

    [Fact]
    public void Versions_of_packages_are_in_one_place() => Checkout.None(
        Checkout.Files(".csproj").Where(p => PinnedVersion().IsMatch(Checkout.Text(p))), "Versions are in Directory.Packages.props only");

    [Fact]
    public void No_file_of_the_house_names_a_package_host() => Checkout.None(
        Checkout.Files("NuGet.Config", "nuget.config", ".npmrc", "package-lock.json")
            .Where(f => PackageHost().IsMatch(Checkout.Text(f))),
        "The machine's own package sources are used, whatever they are");

    [Fact]
    public void Both_stores_have_the_same_migrations()
    {
        var migrations = Checkout.Files(".sql").Where(f => f.StartsWith("src/Store/", StringComparison.Ordinal) && Numbered().IsMatch(f)).ToList();
        var postgres = Names(migrations, "/Postgres/");
        var sqlite = Names(migrations, "/Sqlite/");
        Assert.NotEmpty(postgres);
        Assert.Equal(postgres, sqlite);
        Assert.Equal(Enumerable.Range(1, postgres.Count), postgres.Select(n => int.Parse(n.Split('_', '-')[0], System.Globalization.CultureInfo.InvariantCulture)));
    }

    [Fact]
    public void All_sql_is_inside_a_backend() => Checkout.None(
        Checkout.Files(".sql").Where(f => !f.StartsWith("src/Store/Postgres/", StringComparison.Ordinal) && !f.StartsWith("src/Store/Sqlite/", StringComparison.Ordinal)),
        "Only the two backends of the store speak SQL");

    private static List<string> Names(IEnumerable<string> files, string backend) =>
        [.. files.Where(f => f.Contains(backend, StringComparison.OrdinalIgnoreCase)).Select(Path.GetFileName).Select(n => n!).Order(StringComparer.Ordinal)];

    [GeneratedRegex(@"<Package(Reference|Download)\b[^>]*\b(Version|VersionOverride)=", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex PinnedVersion();

    [GeneratedRegex(@"https?://(?!www\.schemastore|json\.schemastore|opencollective|github\.com/sponsors|paulmillr)[\w.-]*(registry|nuget|npm)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex PackageHost();

    [GeneratedRegex(@"/\d{3,}[_-][^/]+\.sql$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Numbered();
}
