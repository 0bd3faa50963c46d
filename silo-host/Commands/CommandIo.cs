using Spectre.Console;

namespace Worcr.SiloHost.Commands;

/// <summary>What a command reads and writes: results on <see cref="Out"/>, everything for people on <see cref="Error"/> and <see cref="Screen"/>.</summary>
public sealed class CommandIo
{
    /// <summary>Standard input.</summary>
    public required Stream In { get; init; }

    /// <summary>Results.</summary>
    public required TextWriter Out { get; init; }

    /// <summary>Errors and plain progress lines.</summary>
    public required TextWriter Error { get; init; }

    /// <summary>Tables and progress bars, on standard error.</summary>
    public required IAnsiConsole Screen { get; init; }

    /// <summary>Whether <see cref="Screen"/> is a terminal that can redraw lines.</summary>
    public required bool Interactive { get; init; }

    /// <summary>Reads an environment variable.</summary>
    public required Func<string, string?> Environment { get; init; }

    /// <summary>A line for people, above whatever the terminal is redrawing.</summary>
    public void Say(string line)
    {
        if (Interactive) Screen.WriteLine(line);
        else Error.WriteLine(line);
    }

    /// <summary>The process's own streams and environment.</summary>
    public static CommandIo OfProcess()
    {
        var interactive = !Console.IsErrorRedirected && System.Environment.GetEnvironmentVariable("TERM") is not (null or "" or "dumb");
        return new CommandIo
        {
            In = Console.OpenStandardInput(),
            Out = Console.Out,
            Error = Console.Error,
            Interactive = interactive,
            Screen = AnsiConsole.Create(new AnsiConsoleSettings
            {
                Out = new AnsiConsoleOutput(Console.Error),
                Ansi = interactive ? AnsiSupport.Yes : AnsiSupport.No,
                Interactive = interactive ? InteractionSupport.Yes : InteractionSupport.No,
            }),
            Environment = System.Environment.GetEnvironmentVariable,
        };
    }
}
