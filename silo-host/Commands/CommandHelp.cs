using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace Worcr.SiloHost.Commands;

/// <summary>Help texts that end with notes and examples.</summary>
public sealed class CommandHelp(HelpAction help) : SynchronousCommandLineAction
{
    private readonly Dictionary<Command, CommandDefinition> _definitions = [];

    /// <inheritdoc />
    public override bool ClearsParseErrors => true;

    /// <summary>Gives a command its notes and examples.</summary>
    public void Add(CommandDefinition definition) => _definitions[definition.Command] = definition;

    /// <inheritdoc />
    public override int Invoke(ParseResult parseResult)
    {
        var exit = help.Invoke(parseResult);
        if (!_definitions.TryGetValue(parseResult.CommandResult.Command, out var definition)) return exit;
        var output = parseResult.InvocationConfiguration.Output;
        if (definition.Notes is { } notes) Write(output, "Notes:", notes);
        Write(output, "Examples:", definition.Examples);
        return exit;
    }

    private static void Write(TextWriter output, string title, string text)
    {
        output.WriteLine(title);
        foreach (var line in text.TrimEnd().Split('\n')) output.WriteLine($"  {line}".TrimEnd());
        output.WriteLine();
    }
}
