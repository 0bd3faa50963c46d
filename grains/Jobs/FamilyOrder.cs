namespace Worcr.Grains.Jobs;

/// <summary>In which order the new jobs of a request are accepted: as they stand, but parents before their children.</summary>
internal sealed class FamilyOrder
{
    private readonly Dictionary<Guid, int> _places = [];
    private readonly HashSet<int> _parents = [];
    private readonly IReadOnlyList<Job> _jobs;

    /// <summary>Finds the order.</summary>
    /// <param name="jobs">The jobs of a request.</param>
    /// <param name="isNew">Whether a job is not there already.</param>
    public FamilyOrder(IReadOnlyList<Job> jobs, Func<Job, bool> isNew)
    {
        _jobs = jobs;
        for (var i = 0; i < jobs.Count; i++)
        {
            if (jobs[i].HasClientId && isNew(jobs[i])) _places.TryAdd(jobs[i].Id, i);
        }

        Places = Find();
    }

    /// <summary>The places of the jobs, parents first.</summary>
    public IReadOnlyList<int> Places { get; }

    /// <summary>Jobs that are their own ancestors, from a child to its parent and so on, the first one again at the end; empty: there is none.</summary>
    public IReadOnlyList<int> Cycle { get; private set; } = [];

    /// <summary>The place of a job's parent in the request, or null.</summary>
    public int? ParentOf(int place) => _jobs[place].Options.Parent is { } id && _places.TryGetValue(id, out var parent) ? parent : null;

    /// <summary>Whether others of the request are a job's children.</summary>
    public bool IsParent(int place) => _parents.Contains(place);

    private List<int> Find()
    {
        var order = new List<int>(_jobs.Count);
        var steps = new int[_jobs.Count]; // 0: not looked at; above: its step on the way that is being walked; below: placed
        var way = new List<int>();
        for (var i = 0; i < _jobs.Count && Cycle.Count == 0; i++)
        {
            for (int? at = i; at is { } place && steps[place] >= 0 && Cycle.Count == 0; at = ParentOf(place)) Step(place, steps, way);
            for (var up = way.Count - 1; up >= 0; up--)
            {
                steps[way[up]] = -1;
                order.Add(way[up]);
            }

            way.Clear();
        }

        return order;
    }

    private void Step(int place, int[] steps, List<int> way)
    {
        if (steps[place] > 0)
        {
            Cycle = [.. way[(steps[place] - 1)..], place];
            return;
        }

        way.Add(place);
        steps[place] = way.Count;
        if (ParentOf(place) is { } parent) _parents.Add(parent);
    }
}
