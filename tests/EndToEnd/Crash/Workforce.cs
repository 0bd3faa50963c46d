namespace Worcr.EndToEnd.Crash;

/// <summary>Worker processes, one a transport; a killed one is replaced.</summary>
internal sealed class Workforce(Addresses silo, string type, Ledger ledger) : IAsyncDisposable
{
    private const string Slots = "4";

    /// <summary>A program's standard output is its result, so it writes its diary to that of the worker that started it.</summary>
    private const string Program = "echo \"0 start $WORCR_LEASE $WORCR_JOB_ID $WORCR_ATTEMPT\" >/proc/$PPID/fd/1; echo \"0 done $WORCR_LEASE $WORCR_JOB_ID $WORCR_ATTEMPT\" >/proc/$PPID/fd/1; echo 17";
    private static readonly Transport[] Transports = Enum.GetValues<Transport>();
    private readonly Child[] _workers = new Child[Transports.Length];
    private int _hired;

    public async Task HireAsync()
    {
        for (var n = 0; n < Transports.Length; n++) await HireAsync(n);
    }

    /// <summary>kill -9 of one, and another in its place.</summary>
    public async Task KillOneAsync(Random random)
    {
        var n = random.Next(_workers.Length);
        await _workers[n].KillAsync();
        await _workers[n].DisposeAsync();
        await HireAsync(n);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var worker in _workers.Where(w => w is not null)) await worker.DisposeAsync();
    }

    private async Task HireAsync(int n)
    {
        var name = $"{Transports[n]}-{++_hired}";
        var (program, arguments) = Command(Transports[n], name);
        _workers[n] = Child.Start(new ChildSpec
        {
            Name = name,
            Program = program,
            Arguments = arguments,
            Environment = new Dictionary<string, string> { ["PYTHONPATH"] = Path.Combine(Places.Checkout, "src/client-py") },
            Heard = line =>
            {
                if (Entry.Read(name, line) is { } entry) ledger.Write(entry);
            },
        });
        if (Transports[n] != Transport.Exec) await _workers[n].LineAsync(l => l.Contains(" ready ", StringComparison.Ordinal), "that it is ready");
    }

    private (string Program, string[] Arguments) Command(Transport transport, string name) => transport switch
    {
        Transport.Workq => Player("workq", $"tcp://127.0.0.1:{silo.Workq}", name),
        Transport.Faktory => Player("faktory", $"tcp://127.0.0.1:{silo.Faktory}", name),
        Transport.Node => ("node", [File("crash-worker.mjs"), Sdk(), silo.Http.ToString(), type, Slots, name]),
        Transport.Python => ("python3", ["-B", File("crash_worker.py"), silo.Http.ToString().TrimEnd('/'), type, Slots, name]),
        Transport.Exec => ("dotnet", [Places.Worcr, "work", "--url", silo.Http.ToString(), "--type", type, "--slots", Slots, "--exec", "sh", "-c", Program]),
        _ => Player(transport == Transport.Hub ? "hub" : "http", silo.Http.ToString(), name),
    };

    private (string Program, string[] Arguments) Player(string mode, string url, string name) => ("dotnet", [Places.Player, mode, url, type, Slots, name]);

    private static string File(string name) => Path.Combine(Places.Checkout, "tests/EndToEnd/Crash", name);

    private static string Sdk() => Places.Need(Path.Combine(Places.Checkout, "src/client-js/dist/index.js"), "npm ci && npm run build in src/client-js");
}
