using System.CommandLine;
using Worcr.SiloHost.Commands.Bench.Figures;
using Worcr.SiloHost.Commands.Bench.Stores;

namespace Worcr.SiloHost.Commands.Bench;

/// <summary><c>worcr bench</c>: measures silos of this very build on this machine.</summary>
public sealed class BenchCommand
{
    private const string Examples = """
        worcr bench --quick                              a look in a minute or two
        worcr bench --only d,e --rounds 3                the drains, three times
        worcr bench --store both --rounds 3 --json > results.json
        worcr bench --store postgres --database-url postgres://postgres@127.0.0.1/postgres
        """;

    private static readonly BenchFigure[] Figures =
    [
        EnqueueFigures.Bulk, EnqueueFigures.ParallelBulk, EnqueueFigures.Single, SdkEnqueueFigure.Figure, DrainFigures.TenSlots, DrainFigures.ManySlots,
        DrainFigures.Node, LatencyFigure.Figure, MemoryFigure.Figure, LanesFigure.Figure, DecisionFigure.Figure, StoreFigure.Figure,
        RuleFigures.Change, RuleFigures.Drain,
    ];

    private readonly CommandIo _io;
    private readonly Option<string> _store = new("--store")
    {
        Description = "sqlite, postgres or both.",
        HelpName = "STORE",
        DefaultValueFactory = _ => "sqlite",
    };

    private readonly Option<string?> _databaseUrl = CommandOptions.Text(
        "--database-url", "PostgreSQL server to make databases on. Default: a throwaway server, where PostgreSQL is installed.", "URL");

    private readonly Option<string?> _only = CommandOptions.Text("--only", $"Figures to measure: {string.Join(',', Figures.Select(figure => figure.Key))}.", "A,B");
    private readonly Option<int?> _rounds = CommandOptions.Number("--rounds", "How often; the median is shown. Default: 1.", 1, 100);
    private readonly Option<bool> _quick = new("--quick") { Description = "Much less of everything: a look, not a measurement." };
    private readonly Option<bool> _json = new("--json") { Description = "Print JSON on standard output; the table goes to standard error." };
    private readonly Option<string?> _clientJs = CommandOptions.Text("--client-js", "Folder of the built JavaScript SDK. Default: src/client-js/dist above the executable.", "PATH");

    private BenchCommand(Command command, CommandIo io)
    {
        _io = io;
        _store.AcceptOnlyFromAmong("sqlite", "postgres", "both");
        foreach (var option in (Option[])[_store, _databaseUrl, _only, _rounds, _quick, _json, _clientJs]) command.Add(option);
        command.SetAction(RunAsync);
    }

    /// <summary>The command.</summary>
    public static CommandDefinition Define(CommandIo io)
    {
        var figures = string.Join("\n", Figures.Select(figure => $"{figure.Key,-3} {figure.Title}"));
        var command = new Command("bench", "Measure silos of this build on this machine, with 100 tenants, fairness and history on.");
        _ = new BenchCommand(command, io);
        return new CommandDefinition(command, Examples, figures);
    }

    private async Task<int> RunAsync(ParseResult call, CancellationToken cancel)
    {
        using var signals = new Signals(cancel);
        var figures = Chosen(call.GetValue(_only));
        var stores = await OpenStoresAsync(call.GetValue(_store)!, call.GetValue(_databaseUrl), signals.Stopping);
        try
        {
            var rounds = call.GetValue(_rounds) ?? 1;
            _io.Say(BenchReport.Machine);
            foreach (var store in stores) _io.Say(store.Description);
            var settings = new BenchSettings { Quick = call.GetValue(_quick), ClientJs = call.GetValue(_clientJs) };
            var clock = TimeProvider.System;
            var results = (await new BenchRun(_io, settings, clock).RunAsync(figures, stores, rounds, signals.Stopping)).All();
            var json = call.GetValue(_json);
            if (json) await _io.Out.WriteLineAsync(BenchReport.Json(results, [.. stores.Select(store => store.Description)], rounds, clock.GetUtcNow()));
            BenchReport.WriteTable(json ? _io.Error : _io.Out, results);
            return ExitCodes.Success;
        }
        finally
        {
            foreach (var store in stores) await store.DisposeAsync();
        }
    }

    private static BenchFigure[] Chosen(string? only)
    {
        if (only is null) return Figures;
        var keys = only.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var unknown = keys.FirstOrDefault(key => Figures.All(figure => figure.Key != key));
        if (unknown is not null || keys.Length == 0) throw CommandException.Usage($"--only: there is no figure '{unknown}' (see worcr bench --help)");
        return [.. Figures.Where(figure => keys.Contains(figure.Key))];
    }

    private static async Task<List<IBenchStore>> OpenStoresAsync(string kind, string? databaseUrl, CancellationToken cancel)
    {
        if (kind == "sqlite") return databaseUrl is null ? [new SqliteBenchStore()] : throw CommandException.Usage("--database-url goes with --store postgres or both");
        var postgres = await PostgresBenchStore.OpenAsync(databaseUrl, cancel);
        return kind == "both" ? [new SqliteBenchStore(), postgres] : [postgres];
    }
}
