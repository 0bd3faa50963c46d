using Worcr.Grains;
using Worcr.Store;
using Worcr.Store.Decorators;
using Worcr.Testing.Model;
using Worcr.Unit.Grains.Driving;
using static Worcr.Unit.Grains.Driving.WorldCalls;

namespace Worcr.Unit.Grains;

/// <summary>The inbox of a grain whose turn takes long: on real threads.</summary>
public sealed class InboxTests
{
    private const int Limit = 8_192;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_one_caller_says_stays_in_its_order_also_when_the_inbox_is_full()
    {
        await using var store = new SlowStore(new ModelJobStore(new ModelDatabase()));
        await using var grain = await StoreGrain.StartAsync(store);
        var id = (await grain.EnqueueAsync(new EnqueueRequest([NewJob()]), Cancel)).Jobs[0].Id;
        var lease = (await grain.LeaseAsync(Poll(), Cancel)).Jobs.ShouldHaveSingleItem().Lease;
        var (turning, release) = store.Block();
        var stuck = Task.Run(() => grain.NoteAsync(new NoteRequest.Checkpoint(lease, "c", "1"u8.ToArray()), Cancel), Cancel);
        await turning.WaitAsync(TimeSpan.FromSeconds(30), Cancel);

        string[] lines = [.. Enumerable.Range(0, Limit + 3_000).Select(n => $"line {n}")];
        var notes = lines.Select(line => grain.NoteAsync(new NoteRequest.Log(lease, "info", line), Cancel)).ToArray();
        (await grain.EnqueueAsync(new EnqueueRequest([NewJob()]), Cancel)).Refusal.ShouldNotBeNull().Kind.ShouldBe(RefusalKind.Overloaded);
        release();
        (await Task.WhenAll(notes)).ShouldAllBe(n => n.Accepted);
        (await stuck).Accepted.ShouldBeTrue();
        var stored = new List<string>();
        while (stored.Count < lines.Length)
        {
            var page = (await grain.LogsAsync(new LogsRequest(id, stored.Count, 1_000), Cancel)).Lines;
            page.ShouldNotBeEmpty();
            stored.AddRange(page.Select(l => l.Line));
        }

        stored.ShouldBe(lines);
        (await grain.EnqueueAsync(new EnqueueRequest([NewJob()]), Cancel)).Refusal.ShouldBeNull();
    }

    /// <summary>A store whose next commit holds up the turn that makes it.</summary>
    private sealed class SlowStore(IJobStore inner) : StoreDecorator(inner)
    {
        private readonly ManualResetEventSlim _go = new();
        private TaskCompletionSource? _reached;

        /// <summary>Blocks the next commit; when it is reached, and what lets it go.</summary>
        public (Task Reached, Action Release) Block()
        {
            _reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return (_reached.Task, _go.Set);
        }

        public override Task CommitAsync(Flush flush, CancellationToken cancel)
        {
            if (Interlocked.Exchange(ref _reached, null) is { } reached)
            {
                reached.SetResult();
                _go.Wait(cancel);
            }

            return base.CommitAsync(flush, cancel);
        }

        public override ValueTask DisposeAsync()
        {
            _go.Dispose();
            return base.DisposeAsync();
        }
    }
}
