namespace Worcr.EndToEnd.Crash;

/// <summary>Worker processes, two on the hub and two that poll; a killed one is replaced.</summary>
internal sealed class Workforce(Uri silo, string type, Ledger ledger) : IAsyncDisposable
{
    private static readonly string[] Modes = ["hub", "http", "hub", "http"];
    private readonly Child[] _workers = new Child[Modes.Length];
    private int _hired;

    public async Task HireAsync()
    {
        for (var n = 0; n < Modes.Length; n++) await HireAsync(n);
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
        var name = $"{Modes[n]}-{++_hired}";
        _workers[n] = Child.Start(new ChildSpec
        {
            Name = name,
            Program = "dotnet",
            Arguments = [Places.Player, Modes[n], silo.ToString(), type, "10", name],
            Heard = line =>
            {
                if (Entry.Read(name, line) is { } entry) ledger.Write(entry);
            },
        });
        await _workers[n].LineAsync(l => l.Contains(" ready ", StringComparison.Ordinal), "that it is ready");
    }
}
