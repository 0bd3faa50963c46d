using System.Text;
using Worcr.SiloHost.Gateways.Workq;

namespace Worcr.Unit.Gateways.Workq;

public sealed class WorkqParserTests
{
    private const string Id = "61a444a0-6128-41c0-8078-cc757d3bd2d8";

    public static TheoryData<string, string> Faults => new()
    {
        { "", "Unknown command" }, { " add", "Unknown command" }, { "ADD", "Unknown command" }, { "-priority=1 add", "Unknown command" }, { "nothing at all", "Unknown command" },
        { "-a= add", "Unknown command" },
        { "add", "Invalid command args" }, { $"add {Id} a 1 1", "Invalid command args" }, { $"add {Id} a 1 1 1 1", "Invalid command args" }, { $"add {Id} a 1 1 4 -priority", "Invalid command args" },
        { $"add {Id} a 1 1 4 -priority=", "Invalid command flags" }, { $"add {Id} a 1 1 4 -=1", "Invalid command flags" }, { $"add {Id} a 1 1 4 -a=1 -a=2", "Invalid command flags" },
        { $"add {Id} a 1 1 4 -a=1 -b=1 -c=1 -d=1", "Invalid command flags" }, { $"run {Id} a 1 1 4 -priority=1 -b=1", "Invalid command flags" },
        { $"result {Id} 1 -a=1", "Invalid command flags" }, { "lease a 1 -a=1", "Invalid command flags" }, { $"complete {Id} 1 -a=1", "Invalid command flags" },
        { "add * a 1 1 4", "Invalid ID" }, { "add 6ba7b810-9dad-11d1-80b4-00c04fd430c8 a 1 1 4", "Invalid ID" }, { "add 00000000-0000-0000-0000-000000000000 a 1 1 4", "Invalid ID" },
        { "add 61a444a0-6128-41c0-c078-cc757d3bd2d8 a 1 1 4", "Invalid ID" }, { "add 0190d3f0-5a2b-7c3d-8e4f-5a6b7c8d9e0f a 1 1 4", "Invalid ID" },
        { "add 61a444a061284-1c0-8078-cc757d3bd2d8 a 1 1 4", "Invalid ID" }, { "add +0x444a0-6128-41c0-8078-cc757d3bd2d8 a 1 1 4", "Invalid ID" },
        { $"add {Id} * 1 1 4", "Invalid Name" }, { $"add {Id} {new string('a', 256)} 1 1 4", "Invalid Name" }, { $"add {Id} \u00e4 1 1 4", "Invalid Name" }, { $"add {Id} a/b 1 1 4", "Invalid Name" },
        { $"add {Id} a 0 1 4", "Invalid TTR" }, { $"add {Id} a -10 1 4", "Invalid TTR" }, { $"add {Id} a 86400001 1 4", "Invalid TTR" }, { $"add {Id} a +1 1 4", "Invalid TTR" },
        { $"add {Id} a 1\0 1 4", "Invalid TTR" },
        { $"add {Id} a 1 0 4", "Invalid TTL" }, { $"add {Id} a 1 -1000 4", "Invalid TTL" }, { $"add {Id} a 1 18446744073709551616 4", "Invalid TTL" },
        { $"add {Id} a 1 1 -1", "Invalid payload size" }, { $"add {Id} a 1 1 *", "Invalid payload size" }, { $"add {Id} a 1 1 1048577", "Invalid payload size" }, { $"complete {Id} -1", "Invalid payload size" },
        { $"fail {Id} -8", "Invalid result size" }, { $"fail {Id} 1048577", "Invalid result size" },
        { $"add {Id} a 1 1 4 -priority=*", "Invalid Priority" }, { $"add {Id} a 1 1 4 -priority=2147483648", "Invalid Priority" }, { $"run {Id} a 1 1 4 -priority=-2147483649", "Invalid Priority" },
        { $"add {Id} a 1 1 4 -max-attempts=256", "Invalid Max Attempts" }, { $"add {Id} a 1 1 4 -max-attempts=-1", "Invalid Max Attempts" }, { $"add {Id} a 1 1 4 -max-attempts=*", "Invalid Max Attempts" },
        { $"add {Id} a 1 1 4 -max-fails=256", "Invalid Max Fails" }, { $"schedule {Id} a 1 1 2026-01-01T00:00:00Z 4 -max-fails=x", "Invalid Max Fails" },
        { $"schedule {Id} a 1 1 2026-01-01T00:00:00 4", "Invalid Time" }, { $"schedule {Id} a 1 1 2026-01-01T00:00:00+00:00 4", "Invalid Time" }, { $"schedule {Id} a 1 1 2026-02-30T00:00:00Z 4", "Invalid Time" },
        { $"schedule {Id} a 1 1 2026-01-01T00:00:00.Z 4", "Invalid Time" }, { $"schedule {Id} a 1 1 2026-01-01T00:00:00.5x 4", "Invalid Time" }, { $"schedule {Id} a 1 1 . 4", "Invalid Time" },
        { $"run {Id} a 1 -1 4", "Invalid wait timeout" }, { $"run {Id} a 1 86400001 4", "Invalid wait timeout" }, { $"result {Id} -1", "Invalid wait timeout" }, { "lease a -1", "Invalid wait timeout" }, { "lease a", "Invalid command args" },
        { "lease", "Invalid command args" }, { "lease * 1", "Invalid Name" }, { "complete * 1", "Invalid ID" }, { "result * 1", "Invalid ID" }, { "delete *", "Invalid ID" }, { "delete", "Invalid command args" },
        { "inspect", "Invalid command args" }, { "inspect things", "Unknown command" }, { "inspect job", "Invalid command args" }, { "inspect job *", "Invalid ID" }, { "inspect server 1", "Invalid command args" },
        { "inspect queue *", "Invalid Name" }, { "inspect queues -1 1", "Invalid cursor offset" }, { "inspect queues 4294967296 1", "Invalid cursor offset" }, { "inspect queues 0 0", "Invalid limit" },
        { "inspect queues 0 -1", "Invalid limit" }, { "inspect queues 0 1 -a=1", "Invalid command args" }, { "inspect jobs a 0 1 2", "Invalid command args" }, { "inspect jobs a 0 x", "Invalid limit" },
    };

    [Theory, MemberData(nameof(Faults))]
    public void What_is_wrong_has_its_text(string line, string fault) => Parse(line).Fault.ShouldBe(fault);

    [Theory]
    [InlineData("61a444a0-6128-41c0-8078-cc757d3bd2d8")]
    [InlineData("61A444A0-6128-41C0-8078-CC757D3BD2D8")]
    [InlineData("61a444a0612841c08078cc757d3bd2d8")]
    [InlineData("{61a444a0-6128-41c0-8078-cc757d3bd2d8}")]
    [InlineData("urn:uuid:61a444a0-6128-41c0-8078-cc757d3bd2d8")]
    public void An_id_may_be_any_form_of_a_uuid(string id) => Command<WorkqCommand.Add>($"add {id} a 1 1 4").Job.Id.ShouldBe(new Guid(Id));

    [Theory]
    [InlineData($"add {Id} a 7 8 4 -priority=-5 -max-attempts=2 -max-fails=3")]
    [InlineData($"add -priority=-5 {Id} a -max-attempts=2 7 8 -max-fails=3 4")]
    [InlineData($"add  {Id}   a 7 8 4  -max-fails=3 -max-attempts=2 -priority=-5 ")]
    public void Flags_may_stand_anywhere_behind_the_command(string line) =>
        Command<WorkqCommand.Add>(line).ShouldBe(new WorkqCommand.Add(new WorkqJob(new Guid(Id), "a", 7, -5, 2, 3), 8, null, 4));

    [Fact]
    public void Unknown_flags_are_borne() => Command<WorkqCommand.Add>($"add {Id} a 1 1 4 -colour=red").Job.Priority.ShouldBe(0);

    [Theory]
    [InlineData("2016-12-01T00:00:01Z", 1480550401000)]
    [InlineData("2016-12-01T00:00:01.5Z", 1480550401500)]
    [InlineData("2016-12-01T00:00:01.123456789Z", 1480550401123)]
    public void Times_may_have_a_fraction(string text, long unixMs) => Command<WorkqCommand.Add>($"schedule {Id} a 1 1 {text} 4").Time.ShouldBe(unixMs);

    [Fact]
    public void The_bounds_are_within()
    {
        Command<WorkqCommand.Add>($"add {Id} {new string('Z', 255)} 86400000 18446744073709551615 1048576 -priority=2147483647 -max-fails=255").Ttl.ShouldBe(ulong.MaxValue);
        Command<WorkqCommand.Lease>("lease a b c 86400000").Names.ShouldBe(["a", "b", "c"]);
        Command<WorkqCommand.InspectJobs>("inspect scheduled-jobs a 4294967295 4294967295").Limit.ShouldBe(WorkqBounds.PageRecords);
        Command<WorkqCommand.Finish>("complete 0190d3f0-5a2b-7c3d-8e4f-5a6b7c8d9e0f 0").Success.ShouldBeTrue();
        Command<WorkqCommand.Delete>("delete 6ba7b810-9dad-11d1-80b4-00c04fd430c8");
    }

    /// <summary>Every input is a command or a fault; nothing throws.</summary>
    [Fact]
    public void Random_and_mutated_lines_never_break_the_parser()
    {
        const int Inputs = 200_000;
        var chance = new Random(20261122);
        byte[][] seeds = [.. Faults.Select(row => Encoding.Latin1.GetBytes(row.Data.Item1)), Encoding.Latin1.GetBytes($"add {Id} a 7 8 4 -priority=-5 -max-attempts=2"), Encoding.Latin1.GetBytes("inspect jobs a 0 10")];
        var commands = 0;
        for (var i = 0; i < Inputs; i++)
        {
            var line = WorkqFuzz.Next(chance, seeds);
            var (command, fault) = WorkqParser.Parse(WorkqLine.Split(line));
            (command is null).ShouldBe(fault is not null);
            if (command is not null) commands++;
        }

        commands.ShouldBeInRange(1_000, Inputs - 1_000);
    }

    private static (WorkqCommand? Command, string? Fault) Parse(string line) => WorkqParser.Parse(WorkqLine.Split(Encoding.Latin1.GetBytes(line)));

    private static T Command<T>(string line)
    {
        var (command, fault) = Parse(line);
        fault.ShouldBeNull();
        return command.ShouldBeOfType<T>();
    }
}
