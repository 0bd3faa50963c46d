namespace Worcr.EndToEnd.Jobs;

public sealed class NotesTests(SharedSilos silos)
{
    [Theory, EveryStore]
    public async Task Checkpoints_and_progress_are_shown_and_the_checkpoints_handed_on(StoreKind store)
    {
        var silo = await silos.OnAsync(store);
        var type = Names.New("checkpoints");
        var id = await silo.Api.EnqueueAsync(new { type, retry = new { @base = "1ms", backoff = "fixed" } });
        var worker = silo.Worker(type);
        var first = await worker.LeaseOneAsync();
        await TakenAsync(worker.CheckpointAsync(first, "page", 3));
        await TakenAsync(worker.CheckpointAsync(first, "page", 4));
        await TakenAsync(worker.CheckpointAsync(first, "seen", new[] { "a", "b" }));
        await TakenAsync(worker.ProgressAsync(first, "files", 3, 10));
        await TakenAsync(worker.ProgressAsync(first, "bytes", 0.5, 2.5));

        var shown = await silo.Api.JobAsync(id);
        shown.GetProperty("checkpoints").GetProperty("page").GetInt32().ShouldBe(4);
        shown.GetProperty("progress").GetProperty("files").GetProperty("done").GetDouble().ShouldBe(3);
        shown.GetProperty("progress").GetProperty("bytes").GetProperty("total").GetDouble().ShouldBe(2.5);

        (await worker.FailAsync(first)).ShouldBe("ok");
        var second = await worker.LeaseOneAsync();
        second.Checkpoints.GetProperty("page").GetInt32().ShouldBe(4);
        second.Checkpoints.GetProperty("seen").EnumerateArray().Select(s => s.GetString()).ShouldBe(["a", "b"]);
    }

    [Theory, EveryStore]
    public async Task A_worker_whose_lease_is_stale_can_note_nothing(StoreKind store)
    {
        var silo = await silos.OnAsync(store);
        var type = Names.New("stale");
        var id = await silo.Api.EnqueueAsync(new { type });
        var worker = silo.Worker(type);
        var job = await worker.LeaseOneAsync();
        (await worker.CompleteAsync(job)).ShouldBe("ok");
        foreach (var note in new[] { worker.CheckpointAsync(job, "late", 1), worker.ProgressAsync(job, "late", 1, 2), worker.ExtendAsync(job) })
        {
            (await note).Expect(HttpStatusCode.OK)["result"].GetString().ShouldBe("stale");
        }

        (await silo.Api.JobAsync(id)).GetRawText().ShouldNotContain("late");
    }

    [Theory, EveryStore]
    public async Task Log_lines_are_kept_in_order_with_their_levels(StoreKind store)
    {
        var silo = await silos.OnAsync(store);
        var type = Names.New("logs");
        var id = await silo.Api.EnqueueAsync(new { type });
        var worker = silo.Worker(type);
        var job = await worker.LeaseOneAsync();
        await TakenAsync(worker.LogAsync(job, "info", "first line"));
        await TakenAsync(worker.LogAsync(job, "warning", "second line, with ünïcode"));
        await TakenAsync(worker.LogAsync(job, "error", "third line"));
        (await worker.CompleteAsync(job)).ShouldBe("ok");
        await LinesAsync(silo, id, ["first line", "second line, with ünïcode", "third line"]);
    }

    /// <summary>Log lines are written off the critical path, so they may come after the job's end: asks until they are there.</summary>
    private static async Task LinesAsync(Silo silo, string id, string[] expected)
    {
        var deadline = Environment.TickCount64 + 30_000;
        while (true)
        {
            var reply = (await silo.Api.GetAsync($"/v1/jobs/{id}/logs")).Expect(HttpStatusCode.OK);
            var lines = reply.Json.EnumerateObject().First(p => p.Value.ValueKind == JsonValueKind.Array).Value;
            var texts = lines.EnumerateArray().Select(l => l.GetProperty("line").GetString()!).ToList();
            if (texts.SequenceEqual(expected)) return;
            if (Environment.TickCount64 > deadline) throw new TimeoutException($"The log lines never were as expected; last: {reply.Text}");
        }
    }

    private static async Task TakenAsync(Task<Reply> note) => (await note).Expect(HttpStatusCode.OK)["result"].GetString().ShouldBe("ok");
}
