using Worcr.Core.Time;

namespace Worcr.Store.Image;

/// <summary><see cref="Flush.Outcomes"/>, column by column, with the days whose partitions they need.</summary>
internal sealed class OutcomeColumns
{
    private readonly List<int> _days = [];

    public OutcomeColumns(IReadOnlyList<JobOutcome> outcomes)
    {
        Count = outcomes.Count;
        (Seq, StartedAt, FinishedAt) = (new long[Count], new long[Count], new long[Count]);
        (State, Attempt) = (new(Count, (short)JobState.Succeeded), new(Count, 1));
        (Yields, Fails) = (new(Count, 0), new(Count, 0));
        (Worker, Result, Error, Attempts) = (new(Count, null), new(Count, null), new(Count, null), new(Count, null));
        for (var i = 0; i < Count; i++) Read(i, outcomes[i]);
    }

    public int Count { get; }
    public IReadOnlyList<int> Days => _days;
    public long[] Seq { get; }
    public long[] StartedAt { get; }
    public long[] FinishedAt { get; }
    public SparseColumn<short> State { get; }
    public SparseColumn<int> Attempt { get; }
    public SparseColumn<int> Yields { get; }
    public SparseColumn<int> Fails { get; }
    public SparseColumn<string?> Worker { get; }
    public SparseColumn<byte[]?> Result { get; }
    public SparseColumn<byte[]?> Error { get; }
    public SparseColumn<byte[]?> Attempts { get; }

    private void Read(int i, JobOutcome outcome)
    {
        var day = UnixDay.Of(outcome.FinishedAt);
        if (!_days.Contains(day)) _days.Add(day);
        Seq[i] = outcome.Seq;
        StartedAt[i] = outcome.StartedAt;
        FinishedAt[i] = outcome.FinishedAt;
        State[i] = (short)outcome.State;
        Attempt[i] = outcome.Attempt;
        Yields[i] = outcome.Yields;
        Fails[i] = outcome.Fails;
        Worker[i] = outcome.Worker is null ? null : StoredText.Check(outcome.Worker, "a worker's name");
        Result[i] = outcome.Result;
        Error[i] = JobErrorCodec.Encode(outcome.Error);
        Attempts[i] = outcome.Attempts;
    }
}
