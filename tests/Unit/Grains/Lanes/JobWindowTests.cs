using Worcr.Grains.Jobs;
using Worcr.Grains.Lanes;
using Worcr.Grains.Tenants;

namespace Worcr.Unit.Grains.Lanes;

public sealed class JobWindowTests
{
    private static readonly LaneShape Shape = new("t", "", "default", [], 1, 0, null);
    private readonly Strand _strand = new(new Lane(1, Shape, new TenantGrain(""), new TypeFigures("t"), new QueueFigures("default")), 0, 0);
    private readonly JobWindow _window = new();

    [Fact]
    public void Jobs_come_out_by_number_whatever_the_order_they_came_in()
    {
        foreach (var seq in new long[] { 5, 1, 9, 3, 7, 2, 8, 4, 6 }) _window.Add(Ready(seq));
        TakeAll().ShouldBe([1, 2, 3, 4, 5, 6, 7, 8, 9]);
        _window.Count.ShouldBe(0);
    }

    [Fact]
    public void A_job_that_comes_back_is_first_again()
    {
        for (var seq = 1; seq <= 40; seq++) _window.Add(Ready(seq));
        var first = _window.Peek()!;
        _window.Take();
        _window.Take();
        _window.Add(first);
        _window.Peek().ShouldBeSameAs(first);
        _window.Count.ShouldBe(39);
    }

    [Fact]
    public void A_job_that_has_gone_elsewhere_is_passed_over()
    {
        JobGrain[] jobs = [Ready(1), Ready(2), Ready(3)];
        foreach (var job in jobs) _window.Add(job);
        jobs[0].Move(JobState.Cancelled);
        _window.Drop();
        jobs[2].IsGone = true;
        _window.Drop();
        _window.Count.ShouldBe(1);
        TakeAll().ShouldBe([2]);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    public void Any_order_of_calls_does_what_a_sorted_list_does(int seed)
    {
        var chance = new Random(seed);
        var model = new SortedDictionary<long, JobGrain>();
        for (var step = 0; step < 30_000; step++)
        {
            switch (chance.Next(10))
            {
                case < 4: Add(model, chance.Next(2_000)); break;
                case < 6: Take(model); break;
                case 6: TakeLast(model); break;
                case 7: Drop(model, chance); break;
                default: Add(model, model.Count == 0 ? 0 : model.Keys.Last() + 1); break;
            }

            _window.Count.ShouldBe(model.Count);
            _window.Peek().ShouldBeSameAs(model.Values.FirstOrDefault());
        }
    }

    private JobGrain Ready(long seq) => new(new Job { Shape = Shape, Seq = seq, State = JobState.Ready }, _strand);

    private List<long> TakeAll()
    {
        var taken = new List<long>();
        while (_window.Peek() is { } job)
        {
            taken.Add(job.Seq);
            _window.Take();
        }

        return taken;
    }

    private void Add(SortedDictionary<long, JobGrain> model, long seq)
    {
        var job = Ready(seq);
        if (model.TryAdd(seq, job)) _window.Add(job);
    }

    private void Take(SortedDictionary<long, JobGrain> model)
    {
        if (_window.Peek() is not { } job) return;
        _window.Take();
        job.Move(JobState.Running);
        model.Remove(job.Seq).ShouldBeTrue();
    }

    private void TakeLast(SortedDictionary<long, JobGrain> model)
    {
        var last = _window.TakeLast();
        last.ShouldBeSameAs(model.Values.LastOrDefault());
        if (last is null) return;
        last.IsGone = true;
        model.Remove(last.Seq);
    }

    private void Drop(SortedDictionary<long, JobGrain> model, Random chance)
    {
        if (model.Count == 0) return;
        var job = model.Values.ElementAt(chance.Next(model.Count));
        if (chance.Next(2) == 0) job.Move(JobState.Expired);
        else job.IsGone = true;
        _window.Drop();
        model.Remove(job.Seq);
    }
}
