namespace Worcr.EndToEnd.Examples;

/// <summary>A Markdown file of the checkout, for the code that it shows.</summary>
internal sealed class Document(string path)
{
    private const string Fence = "```";

    /// <summary>The one block of fenced code in that language that has these words.</summary>
    public string Block(string language, string words = "")
    {
        var found = Blocks().Where(b => b.Language == language && b.Code.Contains(words, StringComparison.Ordinal)).ToList();
        found.Count.ShouldBe(1, $"{path} should show one block of {language} with '{words}'");
        return found[0].Code;
    }

    private IEnumerable<(string Language, string Code)> Blocks()
    {
        string? language = null;
        var code = new List<string>();
        foreach (var line in File.ReadLines(Path.Combine(Places.Checkout, path)))
        {
            if (!line.StartsWith(Fence, StringComparison.Ordinal))
            {
                code.Add(line);
                continue;
            }

            if (language is not null) yield return (language, string.Concat(code.Select(c => c + "\n")));
            language = language is null ? line[Fence.Length..] : null;
            code.Clear();
        }
    }
}
