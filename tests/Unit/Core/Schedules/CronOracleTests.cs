using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using Oracle = Quartz.CronExpression;

namespace Worcr.Unit.Core.Schedules;

/// <summary>Beside the expressions of Quartz, in UTC. Quartz counts the days of the week from 1 and wants a <c>?</c> where a field of days is not meant.</summary>
public sealed class CronOracleTests
{
    private static readonly string[] Weekdays = ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"];
    private static readonly string[] Months = ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"];

    [Fact]
    public void Random_expressions_fire_when_those_of_Quartz_do() => Prop.ForAll<DoNotSize<int>>(seed =>
    {
        var chance = new Random(seed.Item);
        var (ours, theirs) = Expression(chance);
        var cron = Walls.Cron(ours);
        var oracle = new Oracle(theirs, TimeZoneInfo.Utc);
        var at = DateTimeOffset.FromUnixTimeMilliseconds(1_700_000_000_000 + chance.NextInt64(400_000_000_000));
        for (var i = 0; i < 20; i++)
        {
            var expected = oracle.GetNextValidTimeAfter(at);
            var found = cron.NextAfter(at.ToUnixTimeMilliseconds(), TimeZoneInfo.Utc);
            if (expected is null || expected.Value.Year > at.Year + 90) return;
            found.ShouldBe(expected.Value.ToUnixTimeMilliseconds(), $"'{ours}', of Quartz '{theirs}', after {at:O}");
            at = expected.Value;
        }
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(1_500));

    private static (string Ours, string Theirs) Expression(Random chance)
    {
        var time = $"{Field(chance, 0, 59)} {Field(chance, 0, 59)} {Field(chance, 0, 23)}";
        var month = chance.Next(3) == 0 ? Field(chance, 1, 12, Months) : "*";
        if (chance.Next(4) == 0)
        {
            var (date, weekday) = ($"{chance.Next(1, 32)},{chance.Next(1, 32)}", chance.Next(7));
            return ($"{time} {date} {month} {weekday}", $"{time} {date} {month} {weekday + 1}");
        }

        if (chance.Next(2) == 0)
        {
            var day = Day(chance);
            return ($"{time} {day} {month} ?", $"{time} {day} {month} ?");
        }

        var (ours, theirs) = Weekday(chance);
        return ($"{time} ? {month} {ours}", $"{time} ? {month} {theirs}");
    }

    private static string Day(Random chance) => chance.Next(8) switch
    {
        0 => "L",
        1 => "LW",
        2 => $"{chance.Next(1, 29)}W",
        _ => Field(chance, 1, 31),
    };

    private static (string Ours, string Theirs) Weekday(Random chance)
    {
        var (day, other, nth) = (chance.Next(7), chance.Next(7), chance.Next(1, 6));
        return chance.Next(7) switch
        {
            0 => ($"{day}L", $"{day + 1}L"),
            1 => ($"{day}#{nth}", $"{day + 1}#{nth}"),
            2 => ($"{day},{other}", $"{day + 1},{other + 1}"),
            3 => ($"{day}-{other}", $"{day + 1}-{other + 1}"),
            4 => ($"{Weekdays[day]}-{Weekdays[other]}", $"{Weekdays[day]}-{Weekdays[other]}"),
            5 => ($"{(day == 0 ? 7 : day)}", $"{day + 1}"),
            _ => ("*", "*"),
        };
    }

    private static string Field(Random chance, int min, int max, string[]? names = null)
    {
        var byName = names is not null && chance.Next(2) == 0;
        string Number(int n) => byName ? names![n - min] : n.ToString(CultureInfo.InvariantCulture);
        int from = chance.Next(min, max + 1), to = chance.Next(min, max + 1), step = chance.Next(1, max);
        return chance.Next(8) switch
        {
            0 or 1 => "*",
            2 => $"*/{step}",
            3 => $"{Number(from)}-{Number(to)}",
            4 => $"{Math.Min(from, to)}-{Math.Max(from, to)}/{step}",
            5 => $"{Number(from)},{Number(to)}",
            6 => $"{from}/{step}",
            _ => Number(from),
        };
    }
}
