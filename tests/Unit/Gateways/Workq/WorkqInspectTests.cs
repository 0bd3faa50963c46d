namespace Worcr.Unit.Gateways.Workq;

public sealed class WorkqInspectTests(WorkqSilo silo) : WorkqTest(silo)
{
    [Fact]
    public async Task A_job_has_twelve_keys_in_their_order()
    {
        await Wire.AddAsync(Id, Name, "a\r\nb", "-max-attempts=5 -priority=-3", ttr: 1_000, ttl: 18_000);
        (await Wire.AskAsync($"inspect job {Id.ToUpperInvariant()}", lines: 14))
            .ShouldStartWith($"+OK 1|{Id} 12|name {Name}|ttr 1000|ttl 18000|payload-size 4|payload a|b|max-attempts 5|attempts 0|max-fails 0|fails 0|priority -3|state 0");
        (await Wire.Raw.LineAsync()).ShouldStartWith("created 20");
        await Wire.LeaseAsync(Name);
        (await Wire.InspectAsync($"job {Id}"))[0]["state"].ShouldBe("4");
        await Wire.AskAsync($"complete {Id}", "x");
        (await Wire.InspectAsync($"job {Id}"))[0]["state"].ShouldBe("1");
    }

    [Fact]
    public async Task A_scheduled_job_has_its_time_also_after_it()
    {
        const string Later = "2999-12-31T23:59:59Z";
        await Wire.AskAsync($"schedule {Id} {Name} 1000 18446744073709551615 {Later}", "x");
        var job = (await Wire.InspectAsync($"scheduled-jobs {Name} 0 10")).ShouldHaveSingleItem();
        (job["label"], job["time"], job["ttl"], job.Keys.Last()).ShouldBe((Id, Later, "18446744073709551615", "time"));
        var past = WorkqWire.NewId();
        var time = In(TimeSpan.FromSeconds(-10));
        await Wire.AskAsync($"schedule {past} {Name} 1000 60000 {time}", "x");
        (await Wire.InspectAsync($"job {past}"))[0]["time"].ShouldBe(time[..19] + "Z");
        (await Wire.InspectAsync($"jobs {Name} 0 10")).ShouldHaveSingleItem()["label"].ShouldBe(past);
    }

    [Fact]
    public async Task Ready_jobs_come_in_the_order_of_leases()
    {
        string[] ids = [.. Enumerable.Range(0, 6).Select(_ => WorkqWire.NewId())];
        for (var i = 0; i < ids.Length; i++) await Wire.AddAsync(ids[i], Name, flags: i % 2 == 0 ? "" : "-priority=1");
        string[] order = [ids[1], ids[3], ids[5], ids[0], ids[2], ids[4]];
        (await LabelsAsync($"jobs {Name} 0 100")).ShouldBe(order);
        (await LabelsAsync($"jobs {Name} 2 3")).ShouldBe(order[2..5]);
        (await LabelsAsync($"jobs {Name} 5 3")).ShouldBe(order[5..]);
        (await LabelsAsync($"jobs {Name} 6 1")).ShouldBeEmpty();
        (await LabelsAsync($"jobs {Name} 4294967295 4294967295")).ShouldBeEmpty();
        await Wire.LeaseAsync(Name);
        await Wire.AskAsync($"complete {ids[3]}", "x");
        (await LabelsAsync($"jobs {Name} 0 100")).ShouldBe(order[2..]);
        (await LabelsAsync($"scheduled-jobs {Name} 0 100")).ShouldBeEmpty();
    }

    [Fact]
    public async Task Scheduled_jobs_come_by_their_time()
    {
        string[] ids = [.. Enumerable.Range(0, 3).Select(_ => WorkqWire.NewId())];
        int[] minutes = [30, 10, 20];
        for (var i = 0; i < ids.Length; i++) await Wire.AskAsync($"schedule {ids[i]} {Name} 1000 60000 {In(TimeSpan.FromMinutes(minutes[i]))}", "x");
        (await LabelsAsync($"scheduled-jobs {Name} 0 10")).ShouldBe([ids[1], ids[2], ids[0]]);
        (await LabelsAsync($"scheduled-jobs {Name} 1 1")).ShouldBe([ids[2]]);
    }

    [Fact]
    public async Task A_queue_has_two_lengths_and_is_known_once_it_was_named()
    {
        var leased = WorkqWire.NewName();
        await Wire.LeaseAsync(leased);
        (await Wire.AskAsync($"inspect queue {leased}", lines: 4)).ShouldBe($"+OK 1|{leased} 2|ready-len 0|scheduled-len 0");
        (await Wire.AskAsync($"inspect jobs {leased} 0 1")).ShouldBe("+OK 0");
        await Wire.AddAsync(Id, Name);
        await Wire.AddAsync(WorkqWire.NewId(), Name);
        await Wire.AskAsync($"schedule {WorkqWire.NewId()} {Name} 1000 60000 {In(TimeSpan.FromMinutes(1))}", "x");
        await Wire.LeaseAsync(Name);
        (await Wire.AskAsync($"inspect queue {Name}", lines: 4)).ShouldBe($"+OK 1|{Name} 2|ready-len 1|scheduled-len 1");
    }

    [Fact]
    public async Task Queues_come_in_byte_order()
    {
        string[] names = [$"zzz-{Name}", $"ZZZ-{Name}", $"zzz.{Name}"];
        foreach (var name in names) await Wire.AddAsync(WorkqWire.NewId(), name);
        var head = await Wire.AskAsync("inspect queues 0 1000");
        var all = new List<string>();
        for (var left = int.Parse(head["+OK ".Length..]); left > 0; left--)
        {
            all.Add((await Wire.Raw.LineAsync()).Split(' ')[0]);
            await Wire.Raw.LinesAsync(2);
        }

        all.ShouldBe(all.Order(StringComparer.Ordinal));
        all.Intersect(names).ShouldBe(names.Order(StringComparer.Ordinal));
        (await Wire.AskAsync($"inspect queues {all.IndexOf(names[1])} 1", lines: 4)).ShouldBe($"+OK 1|{names[1]} 2|ready-len 1|scheduled-len 0");
        (await Wire.AskAsync("inspect queues 4294967295 1")).ShouldBe("+OK 0");
    }

    [Fact]
    public async Task The_server_has_three_keys() =>
        (await Wire.AskAsync("inspect server", lines: 5)).ShouldMatch(@"^\+OK 1\|server 3\|active-clients \d+\|evicted-jobs \d+\|started \d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$");

    private async Task<List<string>> LabelsAsync(string what) => [.. (await Wire.InspectAsync(what)).Select(j => j["label"])];
}
