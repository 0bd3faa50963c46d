using System.Xml.Linq;

namespace Worcr.Unit.Architecture;

/// <summary>Arrows point inwards only: silo-host, then grains, then src; and what each ring may use.</summary>
public sealed class ArrowTests
{
    private static readonly Dictionary<string, string[]> MayReference = new()
    {
        ["src/Core/Worcr.Core.csproj"] = [],
        ["src/Protocol/Worcr.Protocol.csproj"] = [],
        ["src/Store/Worcr.Store.csproj"] = ["Worcr.Core"],
        ["src/Functions/Worcr.Functions.csproj"] = ["Worcr.Core"],
        ["src/Client/Worcr.Client.csproj"] = ["Worcr.Protocol"],
        ["grains/Worcr.Grains.csproj"] = ["Worcr.Core", "Worcr.Store"],
        ["silo-host/Worcr.SiloHost.csproj"] = ["Worcr.Core", "Worcr.Store", "Worcr.Functions", "Worcr.Protocol", "Worcr.Client", "Worcr.Grains"],
    };

    public static TheoryData<string> ProductionProjects => [.. Checkout.Files(".csproj").Where(p => !p.StartsWith("tests/", StringComparison.Ordinal))];

    [Theory, MemberData(nameof(ProductionProjects))]
    public void A_project_references_inner_projects_only(string project)
    {
        Assert.True(MayReference.TryGetValue(project, out var allowed), $"{project} is new: say here what it may reference");
        var used = XDocument.Parse(Checkout.Text(project)).Descendants("ProjectReference")
            .Select(r => Path.GetFileNameWithoutExtension(r.Attribute("Include")!.Value.Replace('\\', '/')));
        Checkout.None(used.Except(allowed), $"{project} may reference only: {string.Join(", ", allowed)}");
    }

    [Fact]
    public void Core_uses_nothing_but_the_base_class_library_and_neither_tasks_nor_io()
    {
        using var core = new BuiltAssembly("Worcr.Core");
        Checkout.None(core.UsedAssemblies.Where(a => !IsBaseClassLibrary(a)), "Core may use the base class library only");
        Checkout.None(
            core.UsedTypes.Where(t => Within(t, "System.Threading.Tasks", "System.IO", "System.Net", "System.Timers", "System.Data", "System.Diagnostics.Process"))
                .Select(t => t.ToString()),
            "Core is pure: no tasks, no files, no network");
    }

    [Fact]
    public void Protocol_uses_nothing_but_the_base_class_library()
    {
        using var protocol = new BuiltAssembly("Worcr.Protocol");
        Checkout.None(protocol.UsedAssemblies.Where(a => !IsBaseClassLibrary(a)), "Protocol may use the base class library only");
    }

    [Fact]
    public void The_client_uses_no_part_of_the_server()
    {
        using var client = new BuiltAssembly("Worcr.Client");
        Checkout.None(client.UsedAssemblies.Where(a => IsOurs(a) && a != "Worcr.Protocol"), "The client may use Protocol only");
    }

    [Fact]
    public void Grains_use_the_rules_and_the_contract_of_the_store_only()
    {
        var contract = Checkout.Files(".cs").Where(f => f.StartsWith("src/Store/Contract/", StringComparison.Ordinal))
            .Select(Path.GetFileNameWithoutExtension).ToHashSet();
        using var grains = new BuiltAssembly("Worcr.Grains");
        var ours = grains.UsedTypes.Where(t => IsOurs(t.Assembly)).ToList();
        Assert.NotEmpty(ours);
        Checkout.None(
            ours.Where(t => t.Assembly != "Worcr.Core" && !(t.Assembly == "Worcr.Store" && contract.Contains(t.Name))).Select(t => t.ToString()),
            "Grains may use Worcr.Core and what src/Store/Contract declares");
        Checkout.None(grains.UsedAssemblies.Where(a => !IsOurs(a) && !IsBaseClassLibrary(a)), "Grains may use no framework but the base class library");
    }

    [Fact]
    public void The_store_knows_neither_grains_nor_host_nor_wire()
    {
        using var store = new BuiltAssembly("Worcr.Store");
        Checkout.None(store.UsedAssemblies.Where(a => IsOurs(a) && a != "Worcr.Core"), "The store may use Core only");
    }

    [Theory]
    [InlineData("src/Core/Worcr.Core.csproj")]
    [InlineData("grains/Worcr.Grains.csproj")]
    public void Clocks_and_chance_are_banned_in_the_brain_by_the_analyser(string project)
    {
        Assert.Contains("BannedSymbols.txt", Checkout.Text(project), StringComparison.Ordinal);
        Assert.Contains("Microsoft.CodeAnalysis.BannedApiAnalyzers", Checkout.Text("Directory.Build.props"), StringComparison.Ordinal);
        var banned = Checkout.Text("BannedSymbols.txt");
        foreach (var symbol in new[] { "System.DateTime.UtcNow", "System.DateTimeOffset.UtcNow", "System.Random.Shared", "System.Guid.NewGuid", "System.Diagnostics.Stopwatch" })
        {
            Assert.Contains(symbol, banned, StringComparison.Ordinal);
        }
    }

    private static bool IsOurs(string assembly) =>
        assembly.StartsWith("Worcr.", StringComparison.Ordinal) || assembly == "worcr";

    private static bool IsBaseClassLibrary(string assembly) =>
        File.Exists(Path.Combine(Path.GetDirectoryName(typeof(object).Assembly.Location)!, assembly + ".dll"));

    private static bool Within(UsedType type, params string[] namespaces) => namespaces.Any(n =>
        type.Namespace == n || type.Namespace.StartsWith(n + ".", StringComparison.Ordinal) || $"{type.Namespace}.{type.Name}" == n);
}
