using System.Text;
using Spectre.Console;
using Worcr.SiloHost.Commands;

namespace Worcr.Unit.Commands;

/// <summary>One call of the command line, in this process, away from any terminal.</summary>
internal sealed class CliCall
{
    private readonly StringWriter _out = new();
    private readonly StringWriter _error = new();

    public string Out => _out.ToString();

    public string Error => _error.ToString();

    public string Input { get; init; } = "";

    public Dictionary<string, string> Environment { get; } = [];

    public Task<int> RunAsync(params string[] args) => WorcrCli.RunAsync(args, Io(), TestContext.Current.CancellationToken);

    public CommandIo Io() => new()
    {
        In = new MemoryStream(Encoding.UTF8.GetBytes(Input)),
        Out = _out,
        Error = _error,
        Interactive = false,
        Screen = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(_error), Ansi = AnsiSupport.No, Interactive = InteractionSupport.No }),
        Environment = name => Environment.GetValueOrDefault(name),
    };
}
