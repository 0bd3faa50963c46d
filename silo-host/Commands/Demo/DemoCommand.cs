using System.CommandLine;
using Worcr.Protocol;

namespace Worcr.SiloHost.Commands.Demo;

/// <summary><c>worcr demo</c>: a silo with sample load and sample workers, to watch.</summary>
public sealed class DemoCommand
{
    private const string Notes = """
        One tenant has 100,000 queued jobs before ten small ones come with a hundred each: all get equal service, so the small ones are done in
        the first moments. Beside them: orders with weight 10 and without, a long job with checkpoints that breaks once, jobs that fail and are
        retried, jobs for later, a schedule that fires every five seconds, and a shell command as a worker. When all that is done a trickle goes on until Ctrl-C.
        """;

    private const string Examples = """
        worcr demo
        worcr demo --once                          ends when the sample load is done
        worcr demo --database-url postgres://worcr:secret@db/worcr --port 8080
        """;

    private readonly CommandIo _io;
    private readonly Option<string?> _databaseUrl = CommandOptions.Text("--database-url", "Where to keep the jobs. Default: a SQLite file in a temporary folder.", "URL");
    private readonly Option<int?> _port = CommandOptions.Number("--port", "Port on 127.0.0.1; 0 takes a free one. Default: $WORCR_URLS, else 9672 or the next free one.", 0, 65_535);
    private readonly Option<bool> _once = new("--once") { Description = "End when the sample load is done." };
    private readonly Option<Duration?> _duration = CommandOptions.Duration("--duration", "End after this time.");
    private readonly Option<int?> _jobs = CommandOptions.Number("--jobs", "Jobs of the giant tenant. Default: 100000.", 1, 10_000_000);

    private DemoCommand(Command command, CommandIo io)
    {
        _io = io;
        foreach (var option in (Option[])[_databaseUrl, _port, _once, _duration, _jobs]) command.Add(option);
        command.SetAction(RunAsync);
    }

    /// <summary>The command.</summary>
    public static CommandDefinition Define(CommandIo io)
    {
        var command = new Command("demo", "Run a silo with a lively sample load and sample workers, to watch.");
        _ = new DemoCommand(command, io);
        return new CommandDefinition(command, Examples, Notes);
    }

    private async Task<int> RunAsync(ParseResult call, CancellationToken cancel)
    {
        using var signals = new Signals(cancel);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(signals.Stopping);
        if (call.GetValue(_duration) is { } duration) limit.CancelAfter(duration.ToTimeSpan());
        var urls = call.GetValue(_port) is { } port ? $"http://127.0.0.1:{port}" : _io.Environment("WORCR_URLS") is { Length: > 0 } given ? given : null;
        await using var silo = await DemoSilo.StartAsync(call.GetValue(_databaseUrl), urls, limit.Token);
        await _io.Out.WriteLineAsync($"worcr demo: {silo.Url} serves; open {new Uri(silo.Url, "worker/")} and the browser tab works, too (Ctrl-C ends it)");
        await _io.Out.FlushAsync(CancellationToken.None);
        var show = new DemoShow(_io, silo.Url, TimeProvider.System) { BulkJobs = call.GetValue(_jobs) ?? 100_000, Once = call.GetValue(_once) };
        await show.RunAsync(limit.Token);
        return ExitCodes.Success;
    }
}
