using System.CommandLine;
using System.Text;
using System.Text.Json;
using Worcr.Grains.Simulation;
using Worcr.Protocol;
using Worcr.SiloHost.Api;
using Worcr.SiloHost.Commands.Connection;
using Worcr.SiloHost.Simulate;

namespace Worcr.SiloHost.Commands.Simulate;

/// <summary><c>worcr simulate</c>: predicts how a scenario goes.</summary>
public sealed class SimulateCommand
{
    private const string Notes = """
        The file: {"jobs": [{"type", "count", "runTime", "tenant", "rate", "start", "tags", "queue", "weight", "priority", "slo", "timeout", "orderKey", "args", "failRate"}],
        "workers": [{"slots", "count", "types", "tags", "queues"}], "rules": {as worcr export prints them}, "seed", "horizon"}; comments are allowed.
        runTime is a duration, or {"mean", "deviation", "distribution": "constant|normal|exponential"}.
        It runs here, without a server. With --server it runs there; then {"backlog": "current"} takes the jobs and the rules of the namespace, too.
        """;

    private const string Examples = """
        worcr simulate -f scenario.json
        worcr simulate -f scenario.json --json | jq .latency.p99
        echo '{"backlog": "current", "workers": [{"slots": 50}]}' | worcr simulate -f - --server
        """;

    private readonly CommandIo _io;
    private readonly ConnectionOptions _connection;
    private readonly Option<string> _file = new("--file", "-f") { Description = "The file; - is standard input.", HelpName = "PATH", Required = true };
    private readonly Option<bool> _json = new("--json") { Description = "Print the whole answer as JSON." };
    private readonly Option<bool> _server = new("--server") { Description = "Run it on the server." };

    private SimulateCommand(Command command, CommandIo io)
    {
        _io = io;
        foreach (var option in (Option[])[_file, _json, _server]) command.Add(option);
        _connection = new ConnectionOptions(command, io);
        command.SetAction(RunAsync);
    }

    /// <summary>The command.</summary>
    public static CommandDefinition Define(CommandIo io)
    {
        var command = new Command("simulate", "Predict latency, fairness and SLO attainment of a scenario.");
        _ = new SimulateCommand(command, io);
        return new CommandDefinition(command, Examples, Notes);
    }

    private async Task<int> RunAsync(ParseResult call, CancellationToken cancel)
    {
        using var signals = new Signals(cancel);
        var path = call.GetValue(_file)!;
        var text = await ReadAsync(path, signals.Stopping);
        var answer = call.GetValue(_server)
            ? await AskAsync(call, text, signals.Stopping)
            : await SimulateAsync(ScenarioFile.Parse(text, path == "-" ? "standard input" : path), signals.Stopping);
        if (call.GetValue(_json)) await _io.Out.WriteLineAsync(JsonSerializer.Serialize(answer, ProtocolJson.Default.SimulationAnswer));
        else SimulationTables.Write(_io.Out, answer);
        return ExitCodes.Success;
    }

    private async Task<SimulationAnswer> AskAsync(ParseResult call, string text, CancellationToken cancel)
    {
        using var api = new ApiClient(_connection.Read(call));
        var answer = await api.PostAsync("simulate", Encoding.UTF8.GetBytes(ScenarioFile.WithoutComments(text)), ApiClient.Json, cancel);
        return answer.IsSuccess ? answer.Read(ProtocolJson.Default.SimulationAnswer) : throw new CommandException(answer.Problem().ToString());
    }

    private async Task<SimulationAnswer> SimulateAsync(SimulationRequest request, CancellationToken cancel)
    {
        var scenario = new Scenario(request, SimulatedTime.Start);
        if (scenario.Read() is { } fault) throw CommandException.Usage(Said(fault));
        if (request.Backlog is not null) throw CommandException.Usage("backlog: only a server has one: add --server");
        var simulator = new Simulator(scenario.Plan);
        var jobs = scenario.Jobs.Sum(j => j.Count);
        var run = Task.Run(() => simulator.Run(() => cancel.IsCancellationRequested), CancellationToken.None);
        var result = await SimulationProgress.ShowAsync(_io, simulator, jobs, run);
        return SimulationDocuments.From(result, scenario.Scale);
    }

    private static string Said(Fault fault) => fault.Path is null ? fault.Detail : $"{fault.Path}: {fault.Detail}";

    private async Task<string> ReadAsync(string path, CancellationToken cancel)
    {
        if (path != "-") return await File.ReadAllTextAsync(path, cancel);
        using var reader = new StreamReader(_io.In, leaveOpen: true);
        return await reader.ReadToEndAsync(cancel);
    }
}
