namespace Worcr.EndToEnd.Crash;

/// <summary>What producers were promised and what workers saw.</summary>
internal sealed class Ledger
{
    private readonly Lock _lock = new();
    private readonly List<Entry> _entries = [];
    private readonly Dictionary<string, int> _accepted = [];
    private readonly Dictionary<string, int> _planned = [];
    private readonly HashSet<int> _unanswered = [];
    private readonly List<(int Completions, TaskCompletionSource Reached)> _waiting = [];
    private int _completions;
    private int _forgiven;
    private int _next;

    /// <summary>Numbers of the jobs whose protocol carries no meta: by id.</summary>
    public IReadOnlyDictionary<string, int> Planned => _planned;

    /// <summary>Jobs whose enqueue was answered: id and number.</summary>
    public IReadOnlyDictionary<string, int> Accepted => _accepted;

    /// <summary>Numbers of jobs whose enqueue was not answered: they may or may not exist.</summary>
    public IReadOnlySet<int> Unanswered => _unanswered;

    public IReadOnlyList<Entry> Entries => _entries;

    /// <summary>Jobs that were completed as far as their workers can know: also over protocols that do not say whether a report counted.</summary>
    public int Completions
    {
        get
        {
            lock (_lock) return _completions;
        }
    }

    /// <summary>A number that no other job of this run has.</summary>
    public int NextNumber() => Interlocked.Increment(ref _next);

    /// <summary>A job under this id will be enqueued.</summary>
    public void Plan(string id, int number)
    {
        lock (_lock) _planned[id] = number;
    }

    public void Accept(string id, int number)
    {
        lock (_lock) _accepted[id] = number;
    }

    public void Unanswer(IEnumerable<int> numbers)
    {
        lock (_lock) _unanswered.UnionWith(numbers);
    }

    public void Write(Entry entry)
    {
        lock (_lock)
        {
            _entries.Add(entry);
            if (entry.Verb is not ("ok" or "finished" or "done")) return;
            _completions++;
            foreach (var (_, reached) in _waiting.Where(w => w.Completions <= _completions)) reached.TrySetResult();
            _waiting.RemoveAll(w => w.Completions <= _completions);
        }
    }

    /// <summary>Completes when so many more reports were accepted than now.</summary>
    public Task MoreAsync(int completions) => ReachAsync(Completions + completions);

    /// <summary>Completes when fewer than <paramref name="backlog"/> accepted jobs are open.</summary>
    public Task RoomAsync(int backlog)
    {
        int accepted;
        lock (_lock) accepted = _accepted.Count - _forgiven;
        return ReachAsync(accepted - backlog);
    }

    /// <summary>After a disaster: so many completions may have been accepted without a worker that lived to see the answer.</summary>
    public void Forgive(int completions)
    {
        lock (_lock) _forgiven += completions;
    }

    private Task ReachAsync(int completions)
    {
        lock (_lock)
        {
            if (_completions >= completions) return Task.CompletedTask;
            var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiting.Add((completions, reached));
            return reached.Task;
        }
    }
}
