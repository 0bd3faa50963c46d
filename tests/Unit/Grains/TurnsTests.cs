using System.Diagnostics;
using Worcr.Grains;

namespace Worcr.Unit.Grains;

/// <summary>Turns on real threads: one at a time, none forgotten.</summary>
public sealed class TurnsTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly TurnAnswers _answers = new();
    private readonly TaskCompletionSource<Exception> _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(16)]
    public async Task Whatever_is_asked_from_many_threads_is_seen_by_a_turn_and_no_two_run_at_once(int threads)
    {
        const int Each = 20_000;
        var (given, seen, inside, most) = (0, 0, 0, 0);
        var all = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var turns = NewTurns(() =>
        {
            most = Math.Max(most, ++inside);
            seen = Volatile.Read(ref given);
            if (seen == threads * Each) all.TrySetResult();
            inside--;
            return false;
        });
        await Task.WhenAll(Enumerable.Range(0, threads).Select(thread => Task.Run(() =>
        {
            for (var i = 0; i < Each; i++)
            {
                Interlocked.Increment(ref given);
                if ((i + thread) % 2 == 0) turns.Take();
                else turns.Ask();
            }
        })));
        await all.Task.WaitAsync(Patience, TestContext.Current.CancellationToken);
        most.ShouldBe(1);
    }

    [Fact]
    public async Task A_thread_takes_its_own_turn_when_none_runs()
    {
        var taken = 0;
        var first = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var turns = NewTurns(() =>
        {
            taken = Environment.CurrentManagedThreadId;
            first.TrySetResult();
            return false;
        });
        turns.Ask();
        await first.Task.WaitAsync(Patience, TestContext.Current.CancellationToken);
        TakeUntil(turns, () => Volatile.Read(ref taken) == Environment.CurrentManagedThreadId);
    }

    [Fact]
    public async Task A_turn_that_has_more_to_do_is_followed_by_another_one()
    {
        var left = 1_000;
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var turns = NewTurns(() =>
        {
            if (--left == 0) done.TrySetResult();
            return left > 0;
        });
        turns.Take();
        await done.Task.WaitAsync(Patience, TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task A_turn_that_asks_for_the_next_one_gets_it()
    {
        var left = 1_000;
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Turns? turns = null;
        turns = NewTurns(() =>
        {
            if (--left == 0) done.TrySetResult();
            if (left > 0) turns!.Take();
            return false;
        });
        turns.Ask();
        await done.Task.WaitAsync(Patience, TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Nothing_of_a_caller_gets_into_a_turn()
    {
        var caller = new AsyncLocal<string?>();
        var (seen, count) = (new List<string?>(), 0);
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var turns = NewTurns(() =>
        {
            seen.Add(caller.Value);
            if (++count >= 50) done.TrySetResult();
            return count < 2;
        });
        caller.Value = "a request";
        TakeUntil(turns, () => done.Task.IsCompleted);
        await done.Task.WaitAsync(Patience, TestContext.Current.CancellationToken);
        seen.ShouldAllBe(value => value == null);
        caller.Value.ShouldBe("a request");
    }

    [Fact]
    public async Task An_error_ends_the_turns_once()
    {
        var count = 0;
        var turns = NewTurns(() => ++count == 3 ? throw new InvalidDataException("broken") : true);
        turns.Ask();
        (await _ended.Task.WaitAsync(Patience, TestContext.Current.CancellationToken)).ShouldBeOfType<InvalidDataException>();
        turns.Take();
        turns.Ask();
        count.ShouldBe(3);
    }

    [Fact]
    public async Task What_a_turn_has_answered_is_delivered_when_it_is_over()
    {
        var call = new EnvelopeOf<string>("ask", CancellationToken.None, _answers);
        var isEarly = false;
        var turns = NewTurns(() =>
        {
            call.Reply("answer");
            isEarly = call.Task.IsCompleted;
            return false;
        });
        turns.Ask();
        (await call.Task.WaitAsync(Patience, TestContext.Current.CancellationToken)).ShouldBe("answer");
        isEarly.ShouldBeFalse();
    }

    [Fact]
    public async Task A_caller_that_asks_again_gets_its_turn_after_its_answer_not_inside_it()
    {
        var call = new EnvelopeOf<string>("ask", CancellationToken.None, _answers);
        var (count, delivering, isInside) = (0, 0, false);
        var second = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var turns = NewTurns(() =>
        {
            isInside |= Volatile.Read(ref delivering) == Environment.CurrentManagedThreadId;
            if (++count == 1) call.Reply("answer");
            else second.TrySetResult();
            return false;
        });
        var goesOn = call.Task.ContinueWith(
            _ =>
            {
                Volatile.Write(ref delivering, Environment.CurrentManagedThreadId);
                turns.Take();
                Volatile.Write(ref delivering, 0);
            },
            CancellationToken.None,
            TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default);
        turns.Ask();
        await Task.WhenAll(goesOn, second.Task).WaitAsync(Patience, TestContext.Current.CancellationToken);
        isInside.ShouldBeFalse();
    }

    [Theory]
    [InlineData(16, false)]
    [InlineData(17, true)]
    public async Task The_next_turn_waits_for_few_answers_but_not_for_many(int count, bool mayRun)
    {
        var calls = Enumerable.Range(0, count).Select(_ => new EnvelopeOf<string>("ask", CancellationToken.None, _answers)).ToArray();
        var second = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var isFirst = true;
        var turns = NewTurns(() =>
        {
            if (isFirst) Array.ForEach(calls, call => call.Reply("answer"));
            else second.TrySetResult();
            isFirst = false;
            return false;
        });
        var goesOn = calls[0].Task.ContinueWith(
            _ =>
            {
                var other = new Thread(turns.Take);
                other.Start();
                other.Join();
                return SpinWait.SpinUntil(() => second.Task.IsCompleted, mayRun ? Patience : TimeSpan.Zero);
            },
            CancellationToken.None,
            TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default);
        turns.Ask();
        (await goesOn.WaitAsync(Patience, TestContext.Current.CancellationToken)).ShouldBe(mayRun);
        await second.Task.WaitAsync(Patience, TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task What_was_answered_before_an_error_is_delivered()
    {
        var call = new EnvelopeOf<string>("ask", CancellationToken.None, _answers);
        NewTurns(() =>
        {
            call.Reply("answer");
            throw new InvalidDataException("broken");
        }).Ask();
        (await call.Task.WaitAsync(Patience, TestContext.Current.CancellationToken)).ShouldBe("answer");
        (await _ended.Task.WaitAsync(Patience, TestContext.Current.CancellationToken)).ShouldBeOfType<InvalidDataException>();
    }

    /// <summary>The turn that runs may be another thread's, however long that is kept from running: so again and again.</summary>
    private static void TakeUntil(Turns turns, Func<bool> reached)
    {
        var began = Stopwatch.GetTimestamp();
        while (!reached())
        {
            turns.Take();
            Stopwatch.GetElapsedTime(began).ShouldBeLessThan(Patience);
        }
    }

    private Turns NewTurns(Func<bool> turn) => new(turn, _answers, error => _ended.TrySetResult(error).ShouldBeTrue());
}
