using System.Globalization;
using System.Text;
using Worcr.Protocol;

namespace Worcr.SiloHost.Commands.Demo;

/// <summary>What the demo's producers enqueue at the start.</summary>
public static class DemoLoad
{
    /// <summary>The tenant with the giant import.</summary>
    public const string Bulk = "bulk";

    /// <summary>The tenant with premium and other orders.</summary>
    public const string Shop = "shop";

    /// <summary>The tenant of everything else.</summary>
    public const string Office = "back-office";

    /// <summary>The schedule, and the tenant of its jobs.</summary>
    public const string Clock = "clock";

    /// <summary>How many jobs a small tenant has.</summary>
    public const int SmallJobs = 100;

    private const int OrdersOfAKind = 300;
    private const int FlakyJobs = 40;
    private const int ShellJobs = 10;
    private const int Reminders = 12;

    private static readonly RetryOptions Quickly = new() { Base = new Duration(500), Backoff = "fixed" };

    /// <summary>Ten tenants with a hundred jobs each.</summary>
    public static IReadOnlyList<string> Small { get; } =
        ["acme", "globex", "hooli", "initech", "massive", "soylent", "stark", "umbrella", "wayne", "wonka"];

    /// <summary>What the schedule is put with.</summary>
    public static ReadOnlySpan<byte> Schedule => """{"cron":"*/5 * * * * *","missed":"all","job":{"type":"clock.tick","tenant":"clock"}}"""u8;

    /// <summary>All batches, the giant one first.</summary>
    /// <param name="bulkJobs">How many jobs the giant one has.</param>
    /// <param name="withShell">Whether there is a shell for shell jobs.</param>
    public static IReadOnlyList<DemoBatch> Batches(int bulkJobs, bool withShell)
    {
        List<DemoBatch> batches = [Of(Bulk, DemoTypes.Import, bulkJobs)];
        batches.AddRange(Small.Select(tenant => Of(tenant, DemoTypes.Import, SmallJobs)));
        batches.Add(Of(Shop, DemoTypes.Order, OrdersOfAKind));
        batches.Add(Of(Shop, DemoTypes.PremiumOrder, OrdersOfAKind, job => job with { Weight = 10, Tags = ["premium"] }));
        batches.Add(Of(Office, DemoTypes.Digest, 1, job => job with { Retry = Quickly, Unique = new UniqueOptions { Key = "digest-today" } }));
        batches.Add(Of(Office, DemoTypes.Flaky, FlakyJobs, job => job with { Retry = Quickly }));
        batches.Add(new DemoBatch(Office, DemoTypes.Reminder, Reminders, i => Job(Office, DemoTypes.Reminder, i) with { Delay = new Duration((i + 1) * 2_000) }));
        if (withShell) batches.Add(Of(Office, DemoTypes.Shell, ShellJobs));
        return batches;
    }

    private static DemoBatch Of(string tenant, string type, int count, Func<JobRequest, JobRequest>? change = null) =>
        new(tenant, type, count, i => change is null ? Job(tenant, type, i) : change(Job(tenant, type, i)));

    private static JobRequest Job(string tenant, string type, int number) => new()
    {
        Type = type,
        Tenant = tenant,
        Args = new RawJson(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{{\"row\":{number}}}"))),
    };
}
