using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace Worcr.SiloHost.Commands;

/// <summary>Help texts that end with examples.</summary>
public sealed class CommandExamples(HelpAction help) : SynchronousCommandLineAction
{
    private readonly Dictionary<Command, string> _texts = [];

    /// <inheritdoc />
    public override bool ClearsParseErrors => true;

    /// <summary>Gives a command its examples.</summary>
    public void Add(Command command, string text) => _texts[command] = text;

    /// <inheritdoc />
    public override int Invoke(ParseResult parseResult)
    {
        var exit = help.Invoke(parseResult);
        if (!_texts.TryGetValue(parseResult.CommandResult.Command, out var text)) return exit;
        var output = parseResult.InvocationConfiguration.Output;
        output.WriteLine("Examples:");
        foreach (var line in text.TrimEnd().Split('\n')) output.WriteLine($"  {line}");
        output.WriteLine();
        return exit;
    }
}
