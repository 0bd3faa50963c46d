using System.Globalization;
using Worcr.StoreBench;
using Worcr.Testing.Postgres;

// usage: Worcr.StoreBench [sqlite|postgres|both] [seconds] [batch inFlight]
var which = args.Length > 0 ? args[0] : "both";
var time = TimeSpan.FromSeconds(args.Length > 1 ? double.Parse(args[1], CultureInfo.InvariantCulture) : 3);
(int Batch, int InFlight)[] shapes = args.Length > 3
    ? [(int.Parse(args[2], CultureInfo.InvariantCulture), int.Parse(args[3], CultureInfo.InvariantCulture))]
    : [(100, 1), (100, 2), (500, 1), (500, 2), (1000, 1), (1000, 2), (5000, 1), (5000, 2)];

if (which is "sqlite" or "both")
{
    var folder = Directory.CreateTempSubdirectory("worcr-bench-").FullName;
    try
    {
        await using var store = JobStoreFactory.Open($"sqlite://{folder}/bench.db");
        await RunAsync("sqlite", store);
    }
    finally
    {
        Directory.Delete(folder, recursive: true);
    }
}

if (which is "postgres" or "both")
{
    await using var server = await PostgresServer.StartAsync();
    await using var store = JobStoreFactory.Open(Environment.GetEnvironmentVariable("BENCH_URL") ?? await server.NewDatabaseAsync());
    await RunAsync("postgres", store);
}

async Task RunAsync(string name, IJobStore store)
{
    await store.MigrateAsync(default);
    var owner = (await store.AcquireAsync(new AcquireOwnership("bench", "bench", 3_600_000, 0, Takeover: true), default)).Ownership!;
    var work = new Workload(store, owner);
    await work.PrepareAsync();
    foreach (var (batch, inFlight) in shapes)
        Print(name, $"lives, {batch} a flush, {inFlight} in flight", await work.LivesAsync(batch, inFlight, TimeSpan.FromSeconds(1), time));
    Print(name, "inserts, 1000 a flush", await work.InsertsAsync(1000, time));
    Print(name, "refill reads, 1000 a read", await work.RefillsAsync(1000, time));
}

static void Print(string name, string what, double rate) => Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name,-10}{what,-40}{rate,12:N0} /s"));
