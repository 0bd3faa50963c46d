using System.Diagnostics;

namespace Worcr.Unit.Gateways.Workq;

/// <summary>The life of jobs, as the protocol's document has it.</summary>
public sealed class WorkqLifeTests(WorkqSilo silo) : WorkqTest(silo)
{
    [Fact]
    public async Task A_job_is_added_leased_and_completed()
    {
        (await Wire.AddAsync(Id, Name)).ShouldBe("+OK");
        (await Wire.LeaseAsync(Name)).ShouldBe($"{Id} {Name} 60000 ping");
        (await Wire.ResultAsync(Id)).ShouldBe("-TIMEOUT");
        (await Wire.AskAsync($"complete {Id}", "Pong!")).ShouldBe("+OK");
        (await Wire.ResultAsync(Id)).ShouldBe("1 Pong!");
        (await Wire.ResultAsync(Id, 1_000)).ShouldBe("1 Pong!");
        (await Wire.AskAsync($"complete {Id}", "again")).ShouldBe("-CLIENT-ERROR Duplicate result");
        (await Wire.AskAsync($"fail {Id}", "again")).ShouldBe("-CLIENT-ERROR Duplicate result");
        (await Wire.LeaseAsync(Name)).ShouldBe("-TIMEOUT");
    }

    [Fact]
    public async Task Complete_and_fail_need_no_lease()
    {
        await Wire.AddAsync(Id, Name);
        (await Wire.AskAsync($"complete {Id}", "")).ShouldBe("+OK");
        (await Wire.ResultAsync(Id)).ShouldBe("1 ");
        var failing = WorkqWire.NewId();
        await Wire.AddAsync(failing, Name, flags: "-max-fails=1");
        (await Wire.AskAsync($"fail {failing}", "broken\r\n\0")).ShouldBe("+OK");
        (await Wire.ResultAsync(failing)).ShouldBe("0 broken\r\n\0");
        (await Wire.LeaseAsync(Name)).ShouldBe("-TIMEOUT");
    }

    [Fact]
    public async Task What_is_not_known_is_not_found()
    {
        (await Wire.ResultAsync(Id, 1_000)).ShouldBe("-NOT-FOUND");
        (await Wire.AskAsync($"complete {Id}", "x")).ShouldBe("-NOT-FOUND");
        (await Wire.AskAsync($"fail {Id}", "x")).ShouldBe("-NOT-FOUND");
        (await Wire.AskAsync($"delete {Id}")).ShouldBe("-NOT-FOUND");
        (await Wire.AskAsync($"inspect job {Id}")).ShouldBe("-NOT-FOUND");
        (await Wire.AskAsync("delete 6ba7b810-9dad-11d1-80b4-00c04fd430c8")).ShouldBe("+OK");
        (await Wire.AskAsync("inspect job 6ba7b810-9dad-11d1-80b4-00c04fd430c8")).ShouldBe("-NOT-FOUND");
        foreach (var what in new[] { $"queue {Name}", $"jobs {Name} 0 1", $"scheduled-jobs {Name} 0 1" }) (await Wire.AskAsync("inspect " + what)).ShouldBe("-NOT-FOUND");
    }

    [Theory]
    [InlineData("waiting")]
    [InlineData("scheduled")]
    [InlineData("leased")]
    [InlineData("completed")]
    [InlineData("failed")]
    public async Task Delete_forgets_a_job_in_every_state_and_frees_its_id(string state)
    {
        if (state == "scheduled") (await Wire.AskAsync($"schedule {Id} {Name} 1000 60000 {In(TimeSpan.FromMinutes(1))}", "ping")).ShouldBe("+OK");
        else await Wire.AddAsync(Id, Name);
        if (state == "leased") await Wire.LeaseAsync(Name);
        if (state == "completed") await Wire.AskAsync($"complete {Id}", "x");
        if (state == "failed") await Wire.AskAsync($"fail {Id}", "x");
        (await Wire.AddAsync(Id, Name)).ShouldBe("-CLIENT-ERROR Duplicate job");
        (await Wire.AskAsync($"delete {Id}")).ShouldBe("+OK");
        (await Wire.AskAsync($"delete {Id}")).ShouldBe("-NOT-FOUND");
        (await Wire.ResultAsync(Id)).ShouldBe("-NOT-FOUND");
        (await Wire.AskAsync($"complete {Id}", "x")).ShouldBe("-NOT-FOUND");
        (await Wire.LeaseAsync(Name)).ShouldBe("-TIMEOUT");
        (await Wire.AddAsync(Id, Name, "new")).ShouldBe("+OK");
        (await Wire.LeaseAsync(Name)).ShouldEndWith(" new");
    }

    [Fact]
    public async Task At_the_end_of_its_ttl_a_job_vanishes_whatever_its_state()
    {
        string[] ids = [Id, WorkqWire.NewId(), WorkqWire.NewId()];
        foreach (var id in ids) await Wire.AddAsync(id, Name, ttl: 300);
        await Wire.AskAsync($"complete {ids[1]}", "x");
        (await Wire.LeaseAsync(Name)).ShouldStartWith(ids[0]);
        await NotFoundAsync(ids[1]);
        foreach (var id in ids)
        {
            (await Wire.ResultAsync(id)).ShouldBe("-NOT-FOUND");
            (await Wire.AskAsync($"inspect job {id}")).ShouldBe("-NOT-FOUND");
            (await Wire.AskAsync($"complete {id}", "late")).ShouldBe("-NOT-FOUND");
            (await Wire.AddAsync(id, Name)).ShouldBe("+OK");
        }
    }

    [Fact]
    public async Task A_waiting_result_is_answered_when_the_job_finishes_to_everybody_who_waits()
    {
        await Wire.AddAsync(Id, Name);
        var (first, second) = (await ConnectAsync(), await ConnectAsync());
        var waiting = Task.WhenAll(first.ResultAsync(Id, 60_000), second.ResultAsync(Id, 60_000));
        await Wire.LeaseAsync(Name);
        await Wire.AskAsync($"complete {Id}", "Pong!");
        (await waiting).ShouldBe(["1 Pong!", "1 Pong!"]);
    }

    [Fact]
    public async Task A_waiting_lease_gets_a_job_at_once_and_a_job_goes_to_one()
    {
        var (first, second) = (await ConnectAsync(), await ConnectAsync());
        var others = $"{WorkqWire.NewName()} {Name} {WorkqWire.NewName()}";
        var (one, two) = (first.LeaseAsync(others, 60_000), second.LeaseAsync(others, 60_000));
        await Wire.AddAsync(Id, Name);
        var got = await await Task.WhenAny(one, two);
        got.ShouldBe($"{Id} {Name} 60000 ping");
        var next = WorkqWire.NewId();
        await Wire.AddAsync(next, Name);
        (await Task.WhenAll(one, two)).Order().ShouldBe(new[] { got, $"{next} {Name} 60000 ping" }.Order());
    }

    [Fact]
    public async Task A_lease_without_a_job_times_out_on_time()
    {
        var begun = Stopwatch.GetTimestamp();
        (await Wire.LeaseAsync(Name, 100)).ShouldBe("-TIMEOUT");
        Stopwatch.GetElapsedTime(begun).TotalMilliseconds.ShouldBeGreaterThanOrEqualTo(99);
    }

    [Fact]
    public async Task Higher_priorities_go_first_then_older_jobs()
    {
        string[] ids = [.. Enumerable.Range(0, 5).Select(_ => WorkqWire.NewId())];
        string[] flags = ["", "-priority=-2147483648", "-priority=2147483647", "", "-priority=+1"];
        for (var i = 0; i < ids.Length; i++) await Wire.AddAsync(ids[i], Name, flags: flags[i]);
        foreach (var i in new[] { 2, 4, 0, 3, 1 }) (await Wire.LeaseAsync(Name)).ShouldStartWith(ids[i]);
    }

    [Fact]
    public async Task After_its_ttr_a_job_is_pending_again_in_front_of_younger_ones()
    {
        await Wire.AddAsync(Id, Name, ttr: 50);
        await Wire.AddAsync(WorkqWire.NewId(), Name);
        var waiting = (await ConnectAsync()).InspectAsync($"job {Id}");
        (await waiting)[0]["state"].ShouldBe("0");
        (await Wire.LeaseAsync(Name)).ShouldStartWith(Id);
        var late = WorkqWire.NewName();
        (await Wire.LeaseAsync(late, 100)).ShouldBe("-TIMEOUT");
        var job = (await Wire.InspectAsync($"job {Id}"))[0];
        (job["state"], job["attempts"]).ShouldBe(("3", "1"));
        (await Wire.LeaseAsync(Name)).ShouldStartWith(Id);
        (await Wire.AskAsync($"complete {Id}", "late")).ShouldBe("+OK");
    }

    [Fact]
    public async Task A_job_that_is_out_of_attempts_fails_with_an_empty_result_when_its_ttr_ends()
    {
        await Wire.AddAsync(Id, Name, flags: "-max-attempts=2", ttr: 30);
        var waiting = (await ConnectAsync()).ResultAsync(Id, 60_000);
        (await Wire.LeaseAsync(Name, 10_000)).ShouldStartWith(Id);
        (await Wire.LeaseAsync(Name, 10_000)).ShouldStartWith(Id);
        (await waiting).ShouldBe("0 ");
        (await Wire.LeaseAsync(Name)).ShouldBe("-TIMEOUT");
        (await Wire.InspectAsync($"job {Id}"))[0]["state"].ShouldBe("2");
    }

    [Fact]
    public async Task A_job_may_fail_as_often_as_max_fails_says()
    {
        await Wire.AddAsync(Id, Name, flags: "-max-fails=3");
        (await Wire.LeaseAsync(Name)).ShouldStartWith(Id);
        (await Wire.AskAsync($"fail {Id}", "one")).ShouldBe("+OK");
        (await Wire.LeaseAsync(Name)).ShouldStartWith(Id);
        (await Wire.AskAsync($"fail {Id}", "two")).ShouldBe("+OK");
        (await Wire.ResultAsync(Id)).ShouldBe("-TIMEOUT");
        var job = (await Wire.InspectAsync($"job {Id}"))[0];
        (job["fails"], job["max-fails"], job["attempts"], job["state"]).ShouldBe(("2", "3", "2", "3"));
        (await Wire.AskAsync($"fail {Id}", "three")).ShouldBe("+OK");
        (await Wire.ResultAsync(Id)).ShouldBe("0 three");
    }

    [Fact]
    public async Task A_scheduled_job_can_be_leased_from_its_time_on()
    {
        var time = In(TimeSpan.FromMilliseconds(400));
        (await Wire.AskAsync($"schedule {Id} {Name} 1000 60000 {time} -priority=10 -max-attempts=3 -max-fails=1", "ping")).ShouldBe("+OK");
        (await Wire.LeaseAsync(Name)).ShouldBe("-TIMEOUT");
        (await Wire.LeaseAsync(Name, 30_000)).ShouldBe($"{Id} {Name} 1000 ping");
        DateTime.UtcNow.ShouldBeGreaterThanOrEqualTo(DateTime.Parse(time, System.Globalization.CultureInfo.InvariantCulture).ToUniversalTime());
    }

    [Fact]
    public async Task A_time_that_is_past_is_now_as_long_as_the_ttl_reaches()
    {
        var past = In(TimeSpan.FromSeconds(-10));
        (await Wire.AskAsync($"schedule {Id} {Name} 1000 5000 {past}", "ping")).ShouldBe("-CLIENT-ERROR Invalid Time");
        (await Wire.AskAsync($"schedule {Id} {Name} 1000 60000 {past}", "ping")).ShouldBe("+OK");
        (await Wire.LeaseAsync(Name)).ShouldStartWith(Id);
    }

    [Fact]
    public async Task Run_gives_what_the_worker_gives()
    {
        foreach (var (verb, result) in new[] { ("complete", "1 Pong!"), ("fail", "0 Pong!") })
        {
            await Wire.Raw.SendAsync($"run {Id} {Name} 5000 60000 -priority=10 4\r\nping\r\n");
            var worker = await ConnectAsync();
            (await worker.LeaseAsync(Name, 30_000)).ShouldBe($"{Id} {Name} 5000 ping");
            (await worker.AskAsync($"{verb} {Id}", "Pong!")).ShouldBe("+OK");
            (await Wire.ReadResultAsync()).ShouldBe(result);
            (await Wire.ResultAsync(Id)).ShouldBe("-NOT-FOUND");
            (await worker.AskAsync($"{verb} {Id}", "late")).ShouldBe("-NOT-FOUND");
        }
    }

    [Fact]
    public async Task Run_that_nobody_leases_times_out_and_leaves_nothing()
    {
        (await Wire.AskAsync($"run {Id} {Name} 5000 30", "ping")).ShouldBe("-TIMEOUT");
        (await Wire.LeaseAsync(Name)).ShouldBe("-TIMEOUT");
        (await Wire.AskAsync($"run {Id} {Name} 5000 0", "ping")).ShouldBe("-TIMEOUT");
    }

    [Fact]
    public async Task Run_waits_for_its_worker_past_the_wait_up_to_the_ttr()
    {
        await Wire.Raw.SendAsync($"run {Id} {Name} 300 50 4\r\nping\r\n");
        var worker = await ConnectAsync();
        (await worker.LeaseAsync(Name, 30_000)).ShouldStartWith(Id);
        (await Wire.Raw.LineAsync()).ShouldBe("-TIMEOUT");
        (await worker.AskAsync($"complete {Id}", "late")).ShouldBe("-NOT-FOUND");
        await Wire.AddAsync(Id, Name);
        (await Wire.AskAsync($"run {Id} {Name} 300 50", "ping")).ShouldBe("-CLIENT-ERROR Duplicate job");
    }

    /// <summary>Asks until the job has vanished.</summary>
    private async Task NotFoundAsync(string id)
    {
        while (await Wire.ResultAsync(id, 1) != "-NOT-FOUND")
        {
            (await Wire.LeaseAsync(WorkqWire.NewName(), 20)).ShouldBe("-TIMEOUT");
        }
    }
}
