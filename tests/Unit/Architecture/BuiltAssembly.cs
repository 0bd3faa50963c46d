using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace Worcr.Unit.Architecture;

/// <summary>What the compiler wrote down about one of our assemblies: the truth, whatever the source looks like.</summary>
internal sealed class BuiltAssembly : IDisposable
{
    private readonly PEReader _file;
    private readonly MetadataReaderProvider _symbols;

    public BuiltAssembly(string name)
    {
        Name = name;
        var path = Path.Combine(AppContext.BaseDirectory, name + ".dll");
        Assert.True(File.Exists(path), $"{path} is missing: tests/Unit has to reference the project that builds {name}");
        _file = new PEReader(File.OpenRead(path));
        _symbols = MetadataReaderProvider.FromPortablePdbStream(File.OpenRead(Path.ChangeExtension(path, ".pdb")));
        Reader = _file.GetMetadataReader();
    }

    public static IReadOnlyList<string> Production { get; } =
        ["Worcr.Core", "Worcr.Store", "Worcr.Protocol", "Worcr.Client", "Worcr.Grains", "worcr"];

    public string Name { get; }

    private MetadataReader Reader { get; }

    /// <summary>Names of the assemblies it was compiled against and uses.</summary>
    public IEnumerable<string> UsedAssemblies => Reader.AssemblyReferences.Select(h => Reader.GetString(Reader.GetAssemblyReference(h).Name));

    /// <summary>The types of others that it uses.</summary>
    public IEnumerable<UsedType> UsedTypes => Reader.TypeReferences
        .Select(Reader.GetTypeReference)
        .Where(t => t.ResolutionScope.Kind == HandleKind.AssemblyReference)
        .Select(t => new UsedType(AssemblyOf(t), Reader.GetString(t.Namespace), Plain(Reader.GetString(t.Name))));

    /// <summary>Its own types, as namespace and name, without what the compiler made.</summary>
    public IEnumerable<UsedType> OwnTypes => Reader.TypeDefinitions
        .Select(Reader.GetTypeDefinition)
        .Select(t => new UsedType(Name, Reader.GetString(t.Namespace), Plain(Reader.GetString(t.Name))))
        .Where(t => !t.Name.Contains('<', StringComparison.Ordinal));

    /// <summary>
    /// Every method with the lines of its body, from the debug symbols. A constructor has the lines with code only, for the initialisers of
    /// fields are part of it, wherever they stand.
    /// </summary>
    public IEnumerable<MethodSpan> Methods
    {
        get
        {
            var symbols = _symbols.GetMetadataReader();
            foreach (var handle in symbols.MethodDebugInformation)
            {
                var points = symbols.GetMethodDebugInformation(handle).GetSequencePoints().Where(p => !p.IsHidden).ToList();
                if (points.Count == 0) continue;
                var document = symbols.GetString(symbols.GetDocument(points[0].Document).Name);
                if (document.Contains("/obj/", StringComparison.Ordinal)) continue;
                var first = points.Min(p => p.StartLine);
                var place = $"{Path.GetFileName(document)}:{first}";
                yield return new MethodSpan(place, IsConstructor(handle) ? points.DistinctBy(p => p.StartLine).Count() : points.Max(p => p.EndLine) - first + 1);
            }
        }
    }

    public void Dispose()
    {
        _file.Dispose();
        _symbols.Dispose();
    }

    private static string Plain(string name) => name.Split('`')[0];

    private bool IsConstructor(MethodDebugInformationHandle handle) =>
        Reader.GetString(Reader.GetMethodDefinition(handle.ToDefinitionHandle()).Name) is ".ctor" or ".cctor";

    private string AssemblyOf(TypeReference type) =>
        Reader.GetString(Reader.GetAssemblyReference((AssemblyReferenceHandle)type.ResolutionScope).Name);
}
