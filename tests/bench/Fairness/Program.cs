using System.Globalization;
using Worcr.Core.Fairness;
using Worcr.FairnessBench;

const int Decisions = 200_000;
Setting[] settings =
[
    new("small", 10, 160, 1),
    new("10,000 tenants", 10_000, 100_000, 1),
    new("a lane a tenant", 100_000, 100_000, 1),
    new("1,000,000 lanes", 10_000, 1_000_000, 1),
    new("50 classes, small", 10, 160, 50),
    new("50 classes", 10_000, 100_000, 50),
    new("5 gates a lane, turning", 10_000, 100_000, 1, Gated: true),
    new("the same, 50 classes", 10_000, 100_000, 50, Gated: true),
    new("100,000 lanes blocked", 10_000, 100_000, 1, Blocked: 100_000),
];
var strategy = args.Length > 0 ? Enum.Parse<FairStrategy>(args[0]) : FairStrategy.Fair;
Console.WriteLine($"{strategy,-24}   tenants      lanes  classes   ns/decision   decisions/s   bytes/lane   a class comes, ms");
foreach (var setting in settings.Where(s => args.Length < 2 || s.Name.Contains(args[1], StringComparison.Ordinal)))
{
    var figures = new Arena(setting, strategy).Measure(Decisions);
    Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"{setting.Name,-24} {setting.Tenants,9:N0} {setting.Lanes,10:N0} {setting.Classes,8} {figures.Nanoseconds,13:N0} {1e9 / figures.Nanoseconds,13:N0} {figures.BytesPerLane,12:N0} {figures.AddedClassMs,19:N1}"));
}
