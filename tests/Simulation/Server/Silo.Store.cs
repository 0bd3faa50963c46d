using Worcr.Simulation.World;

namespace Worcr.Simulation.Server;

/// <summary>How a silo and the store talk: late, in either order, and not always to an end.</summary>
internal sealed partial class Silo
{
    private readonly Queue<PendingCommit> _commits = new();
    private long _begunAt;
    private int _readsUnderWay;

    private void Commit(Work work)
    {
        var pending = new PendingCommit(work, _begunAt);
        _begunAt = _world.Now;
        _commits.Enqueue(pending);
        _world.Checks.Taken(this, pending);
        if (work.Flush.IsEmpty)
        {
            pending.IsDone = true;
            TakeCommitted();
            return;
        }

        Try(pending);
    }

    private void TakeCommitted()
    {
        while (!IsDead && _commits.TryPeek(out var first) && first.IsDone)
        {
            _commits.Dequeue();
            _world.Log.Add("committed", first.Work.Number);
            _world.Checks.Committed(first);
            Dispatcher.Committed(first.Work);
        }
    }

    private void Try(PendingCommit pending)
    {
        var call = _world.Store.CommitAsync(pending.Work.Flush, CancellationToken.None);
        var commit = _world.Store.Pending[^1];
        _world.Schedule.In(1 + _world.Chance.Latency(_world.Scenario.StoreMs), () => Arrive(pending, commit, call));
    }

    /// <summary>The flush is at the store: it is written, refused, or the connection breaks before or after.</summary>
    private void Arrive(PendingCommit pending, ModelCommit commit, Task call)
    {
        if (IsDead && _world.Chance.Hits(0.5))
        {
            commit.Complete(ModelCommitEnd.LostBefore);
        }
        else if (_world.Fault(_world.Scenario.Refuse))
        {
            commit.Complete(ModelCommitEnd.Refused);
            _world.Note("commit refused", pending.Work.Number);
            _world.Schedule.In(10, () => Try(pending));
        }
        else if (_world.Fault(_world.Scenario.LoseBefore))
        {
            commit.Complete(ModelCommitEnd.LostBefore);
            Back(() => Abandon("outcome unknown, not written"));
        }
        else if (_world.Fault(_world.Scenario.LoseAfter))
        {
            WriteAndLose(commit, call, pending);
        }
        else if (Write(commit, call, pending))
        {
            Back(() =>
            {
                pending.IsDone = true;
                Wake();
            });
        }
    }

    /// <summary>The host hears of an unknown outcome; the store writes before or long after that.</summary>
    private void WriteAndLose(ModelCommit commit, Task call, PendingCommit pending)
    {
        if (_world.Chance.Hits(0.5))
        {
            Write(commit, call, pending);
            Back(() => Abandon("outcome unknown, written"));
            return;
        }

        Back(() => Abandon("outcome unknown, written later"));
        _world.Schedule.In(_world.Chance.Next(2_000), () => Write(commit, call, pending));
    }

    private bool Write(ModelCommit commit, Task call, PendingCommit pending)
    {
        var isOwner = IsOwner;
        if (isOwner) _world.Checks.Applying(pending);
        commit.Complete();
        if (call.Exception?.InnerException is StoreFencedException)
        {
            if (isOwner) throw new Violation("an owner can write", "the owner's flush was fenced");
            _world.Note("commit fenced", pending.Work.Number, Ownership.Epoch);
            Back(() => Abandon("silo fenced"));
            return false;
        }

        if (call.Exception is { } error) throw new Violation("a flush agrees with the store", error.InnerException!.Message);
        if (!isOwner) throw new Violation("only the owner writes", $"epoch {Ownership.Epoch} wrote although another one owns the namespace");
        _world.Log.Add("written", pending.Work.Number, Ownership.Epoch);
        _world.Checks.Applied(pending);
        return true;
    }

    private void Read(StoreRead read)
    {
        _readsUnderWay++;
        _world.Schedule.In(_world.Chance.Latency(_world.Scenario.StoreMs), () => RunRead(read));
    }

    private void RunRead(StoreRead read)
    {
        if (IsDead) return;
        if (_world.Fault(_world.Scenario.RefuseRead))
        {
            _world.Coverage.Count("read refused");
            _world.Schedule.In(10, () => RunRead(read));
            return;
        }

        if (read.RunAsync(_world.Store, CancellationToken.None) is { IsFaulted: true, Exception: { } error }) throw new Violation("the store answers every read", error.InnerException!.ToString());
        Back(() =>
        {
            _readsUnderWay--;
            _returns.Enqueue(read);
            Wake();
        });
    }

    private void Back(Action arrive) => _world.Schedule.In(_world.Chance.Latency(_world.Scenario.StoreMs), () =>
    {
        if (!IsDead) arrive();
    });
}
