using System.Collections.Frozen;
using System.Globalization;
using System.Text;

namespace Worcr.Store.Schema;

/// <summary>
/// The <c>.sql</c> files of one backend, embedded in the assembly: statements in <c>Sql/</c>, migrations in <c>Migrations/</c>.
/// A statement may name another file as <c>{file}</c>, which is put in its place; any other placeholder is left for the caller.
/// Comment lines stay in the files and are not sent.
/// </summary>
internal sealed class SqlLibrary
{
    private readonly FrozenDictionary<string, string> _statements;

    /// <summary>Reads the files of a backend.</summary>
    /// <param name="backend">Its folder, such as <c>Sqlite</c>.</param>
    public SqlLibrary(string backend)
    {
        var files = ReadFolder($"Worcr.Store.{backend}.Sql.");
        _statements = files.ToFrozenDictionary(f => f.Key, f => Expand(f.Value, files), StringComparer.Ordinal);
        Migrations = [.. ReadFolder($"Worcr.Store.{backend}.Migrations.")
            .Select(f => new Migration(int.Parse(f.Key.AsSpan(0, 4), CultureInfo.InvariantCulture), f.Key, f.Value))
            .OrderBy(m => m.Number)];
    }

    /// <summary>Migrations in the order of their numbers.</summary>
    public IReadOnlyList<Migration> Migrations { get; }

    /// <summary>The statement in the file of this name (without <c>.sql</c>).</summary>
    public string this[string name] => _statements[name];

    private static Dictionary<string, string> ReadFolder(string prefix)
    {
        var assembly = typeof(SqlLibrary).Assembly;
        var files = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var resource in assembly.GetManifestResourceNames())
        {
            if (!resource.StartsWith(prefix, StringComparison.Ordinal)) continue;
            using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!);
            files.Add(resource[prefix.Length..^".sql".Length], WithoutComments(reader));
        }

        return files;
    }

    private static string WithoutComments(StreamReader reader)
    {
        var text = new StringBuilder();
        while (reader.ReadLine() is { } line)
        {
            if (!line.AsSpan().TrimStart().StartsWith("--")) text.Append(line).Append('\n');
        }

        return text.ToString().Trim();
    }

    private static string Expand(string text, Dictionary<string, string> files)
    {
        var expanded = files.Aggregate(text, (t, file) => t.Replace($"{{{file.Key}}}", file.Value, StringComparison.Ordinal));
        return expanded == text ? text : Expand(expanded, files);
    }
}
