using System.Globalization;
using Worcr.FairnessBench;

const int Decisions = 200_000;
(int Tenants, int Lanes)[] sizes = [(10, 160), (1_000, 16_000), (10_000, 160_000), (100_000, 100_000), (10_000, 100_000), (10_000, 1_000_000), (100_000, 1_000_000)];
Console.WriteLine("  tenants      lanes  classes   ns/decision   decisions/s   bytes/lane   a class comes, ms");
foreach (var classes in new[] { 1, 50 })
{
    foreach (var (tenants, lanes) in sizes)
    {
        var figures = new Arena(tenants, lanes, classes).Measure(Decisions);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{tenants,9:N0} {lanes,10:N0} {classes,8} {figures.Nanoseconds,13:N0} {1e9 / figures.Nanoseconds,13:N0} {figures.BytesPerLane,12:N0} {figures.AddedClassMs,19:N1}"));
    }
}
