using System.Net.Http.Json;
using System.Text;
using System.Text.Json;

namespace Worcr.Unit.Gateways.Workq;

/// <summary>The stream: pipelining, cuts, blocks, errors in the middle; and what other clients of the silo see.</summary>
public sealed class WorkqStreamTests(WorkqSilo silo) : WorkqTest(silo)
{
    [Fact]
    public async Task Requests_sent_ahead_are_answered_in_their_order()
    {
        var ids = Enumerable.Range(0, 50).Select(_ => WorkqWire.NewId()).ToList();
        var text = new StringBuilder();
        foreach (var id in ids) text.Append($"add {id} {Name} 1000 60000 4\r\nping\r\n");
        text.Append($"nonsense\r\ninspect queue {Name}\r\n");
        await Wire.Raw.SendAsync(text.ToString());
        (await Wire.Raw.LinesAsync(55)).ShouldBe(string.Join('|', Enumerable.Repeat("+OK", 50)) + $"|-CLIENT-ERROR Unknown command|+OK 1|{Name} 2|ready-len 50|scheduled-len 0");
    }

    [Fact]
    public async Task A_request_may_come_byte_by_byte()
    {
        foreach (var value in Encoding.Latin1.GetBytes($"add {Id} {Name} 1000 60000 6\r\np\r\nng\0\r\nlease {Name} 0\r\n")) await Wire.Raw.SendAsync(new[] { value });
        (await Wire.Raw.LinesAsync(5)).ShouldBe($"+OK|+OK 1|{Id} {Name} 1000 6|p|ng\0");
    }

    [Fact]
    public async Task Payloads_and_results_hold_a_mebibyte_of_any_bytes()
    {
        var bytes = new byte[1 << 20];
        new Random(1).NextBytes(bytes);
        var payload = Encoding.Latin1.GetString(bytes);
        (await Wire.AddAsync(Id, Name, payload)).ShouldBe("+OK");
        (await Wire.LeaseAsync(Name) == $"{Id} {Name} 60000 {payload}").ShouldBeTrue("the payload came back changed");
        (await Wire.InspectAsync($"job {Id}"))[0]["payload"].ShouldBe(payload);
        (await Wire.AskAsync($"complete {Id}", payload)).ShouldBe("+OK");
        (await Wire.ResultAsync(Id) == "1 " + payload).ShouldBeTrue("the result came back changed");
    }

    [Theory]
    [InlineData("add {0} {1} 1 1 3\r\nping\r\n", "Invalid payload size")]
    [InlineData("add {0} {1} 1 1 4\r\nping\n", "Invalid payload size")]
    [InlineData("complete {0} 1\r\n\r\n", "Invalid payload size")]
    [InlineData("fail {0} 0\r\nx\r\n", "Invalid result size")]
    [InlineData("run {0} {1} 1 1 3\r\nping\r\n", "Invalid payload size")]
    [InlineData("add * {1} 1 1 4\r\nping\r\n", "Invalid ID")]
    [InlineData("add {0} {1} 0 1 8\r\ndelete x\r\n", "Invalid TTR")]
    [InlineData("add {0} {1} 1 1 *\r\n", "Invalid payload size")]
    [InlineData("add {0} {1} 1 1\r\n", "Invalid command args")]
    [InlineData("\r\n", "Unknown command")]
    public async Task After_an_error_the_next_request_is_read_as_one(string request, string error)
    {
        await Wire.Raw.SendAsync(string.Format(System.Globalization.CultureInfo.InvariantCulture, request, Id, Name));
        (await Wire.Raw.LineAsync()).ShouldBe("-CLIENT-ERROR " + error);
        (await Wire.AskAsync($"delete {Id}")).ShouldBe("-NOT-FOUND");
    }

    [Fact]
    public async Task A_block_above_the_limit_is_refused_and_passed_over()
    {
        (await Wire.AddAsync(Id, Name, new string('x', (1 << 20) + 1))).ShouldBe("-CLIENT-ERROR Invalid payload size");
        (await Wire.AskAsync($"delete {Id}")).ShouldBe("-NOT-FOUND");
        await Wire.Raw.SendAsync($"add {Id} {Name} 1 1 9223372036854775807\r\n");
        (await Wire.Raw.LineAsync()).ShouldBe("-CLIENT-ERROR Invalid payload size");
        await Wire.Raw.ShouldBeClosedAsync();
    }

    [Theory]
    [InlineData("\n")]
    [InlineData("inspect server\n")]
    public async Task A_line_that_ends_with_lf_alone_closes_the_connection(string line)
    {
        await Wire.Raw.SendAsync(line);
        await Wire.Raw.ShouldBeClosedAsync();
    }

    [Fact]
    public async Task A_line_above_the_limit_closes_the_connection()
    {
        await Wire.Raw.SendAsync("lease " + new string('a', 100_000));
        await Wire.Raw.ShouldBeClosedAsync();
    }

    [Fact]
    public async Task A_client_that_leaves_while_it_waits_is_given_no_job()
    {
        var leaver = await ConnectAsync();
        await leaver.Raw.SendAsync($"lease {Name} 60000\r\n");
        leaver.Raw.CloseSending();
        (await leaver.Raw.LineAsync()).ShouldBe("-TIMEOUT");
        await Wire.AddAsync(Id, Name);
        (await Wire.LeaseAsync(Name, 30_000)).ShouldStartWith(Id);
        (await Wire.InspectAsync($"job {Id}"))[0]["attempts"].ShouldBe("1");
    }

    [Fact]
    public async Task A_job_over_rest_is_leased_over_workq()
    {
        var answer = await Silo.Http.PostAsJsonAsync("/v1/jobs", new { type = Name, args = new { n = 1 }, timeout = "7s" }, TestContext.Current.CancellationToken);
        var id = (await answer.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken)).GetProperty("id").GetString()!;
        (await Wire.LeaseAsync(Name, 10_000)).ShouldBe($"{id} {Name} 7000 {{\"n\":1}}");
        (await Wire.AskAsync($"complete {id}", "{\"m\":2}")).ShouldBe("+OK");
        var job = await JobAsync(id);
        (job.GetProperty("state").GetString(), job.GetProperty("result").GetProperty("m").GetInt32()).ShouldBe(("succeeded", 2));
        job.GetProperty("worker").GetString().ShouldStartWith("workq/127.0.0.1:");
    }

    [Fact]
    public async Task A_job_over_workq_is_leased_over_rest()
    {
        await Wire.AddAsync(Id, Name, "Ping", "-priority=3 -max-attempts=4", ttr: 9_000);
        var answer = await Silo.Http.PostAsJsonAsync("/v1/worker/lease", new { worker = "w", types = new[] { Name }, wait = "10s" }, TestContext.Current.CancellationToken);
        var leased = (await answer.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken)).GetProperty("jobs")[0];
        (leased.GetProperty("id").GetString(), leased.GetProperty("timeout").GetString(), leased.GetProperty("args").GetRawText()).ShouldBe((Id, "9s", "{\"$base64\":\"UGluZw==\"}"));
        var report = new { reports = new[] { new { lease = leased.GetProperty("lease").GetString(), outcome = "fail", error = new { code = "boom", message = "it broke" } } } };
        (await Silo.Http.PostAsJsonAsync("/v1/worker/report", report, TestContext.Current.CancellationToken)).EnsureSuccessStatusCode();
        (await Wire.ResultAsync(Id, 10_000)).ShouldBe("0 it broke");
        (await JobAsync(Id)).GetProperty("state").GetString().ShouldBe("dead");
    }

    /// <summary>Mutated sessions over the socket: the silo answers or closes, and serves others as before.</summary>
    [Fact]
    public async Task Mutated_sessions_never_break_the_silo()
    {
        var chance = new Random(20261123);
        byte[][] seeds = [.. new[]
        {
            $"add {Id} {Name} 10 10 4\r\nping\r\n", $"lease {Name} 0\r\n", $"complete {Id} 4\r\npong\r\n", $"result {Id} 0\r\n", $"delete {Id}\r\n", $"inspect jobs {Name} 0 5\r\n",
            $"run {Id} {Name} 1 1 4\r\nping\r\n", $"schedule {Id} {Name} 1 1 2026-01-01T00:00:00Z 0\r\n\r\n", "inspect queues 0 10\r\n", "inspect server\r\n",
            $"fail {Id} 4\r\noops\r\n", $"inspect job {Id}\r\n", $"inspect scheduled-jobs {Name} 0 5\r\n", $"inspect queue {Name}\r\n",
        }.Select(Encoding.Latin1.GetBytes)];
        for (var session = 0; session < 250; session++)
        {
            using var wire = await Silo.ConnectAsync();
            var requests = Enumerable.Range(0, 12).SelectMany(_ => WorkqFuzz.Next(chance, seeds)).ToArray();
            if (!await wire.Raw.TrySendAsync(requests)) continue;
            wire.Raw.CloseSending();
            await wire.Raw.RestAsync();
        }

        (await Wire.AddAsync(WorkqWire.NewId(), Name)).ShouldBe("+OK");
    }

    private async Task<JsonElement> JobAsync(string id) =>
        await Silo.Http.GetFromJsonAsync<JsonElement>($"/v1/jobs/{id}", TestContext.Current.CancellationToken);
}
