using Worcr.Grains;
using Worcr.Unit.Grains.Driving;
using static Worcr.Unit.Grains.Driving.WorldCalls;

namespace Worcr.Unit.Grains;

/// <summary>Ids that the producer gave: the same id again is the same job.</summary>
public sealed class ClientIdTests
{
    private static readonly Guid Given = Guid.Parse("6ba7b810-9dad-41d1-80b4-00c04fd430c8");
    private readonly World _world = new();

    [Fact]
    public void The_same_id_again_answers_with_the_job_that_is_there()
    {
        _world.Enqueued(NewJob(id: Given)).ShouldBe(new EnqueuedJob(Given, JobState.Ready, Duplicate: false));
        _world.Enqueued(NewJob(id: Given)).ShouldBe(new EnqueuedJob(Given, JobState.Ready, Duplicate: true));
        _world.Worker().GivenOne().Id.ShouldBe(Given);
        _world.Enqueued(NewJob(id: Given)).ShouldBe(new EnqueuedJob(Given, JobState.Running, Duplicate: true));
    }

    [Fact]
    public void A_finished_job_has_its_id_still()
    {
        _world.Enqueue(NewJob(id: Given));
        _world.Worker().RunAll();
        _world.Enqueued(NewJob(id: Given)).ShouldBe(new EnqueuedJob(Given, JobState.Succeeded, Duplicate: true));
    }

    [Fact]
    public void Within_one_request_the_second_is_the_duplicate()
    {
        var answers = _world.Ask<EnqueueReply>(new EnqueueRequest([NewJob(id: Given), NewJob(), NewJob(id: Given)])).Jobs;
        answers.Select(a => a.Duplicate).ShouldBe([false, false, true]);
        _world.Database.Live.Count.ShouldBe(2);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Of_requests_at_once_one_makes_the_job(bool inOneTurn)
    {
        _world.HoldsReads = true;
        var calls = new List<EnvelopeOf<EnqueueReply>>();
        for (var i = 0; i < 4; i++)
        {
            calls.Add(_world.Send<EnqueueReply>(new EnqueueRequest([NewJob(id: Given)])));
            if (!inOneTurn) _world.Turn();
        }

        _world.Turn();
        _world.HoldsReads = false;
        _world.FinishReads();
        _world.Settle();
        calls.Count(c => !c.Reply().Jobs.Single().Duplicate).ShouldBe(1);
        _world.Database.Live.Count.ShouldBe(1);
    }

    [Fact]
    public void A_given_id_that_reads_like_another_jobs_number_is_only_itself()
    {
        var ours = _world.Enqueue(NewJob("ours"));
        JobId.TryGetSeq(ours, out var seq).ShouldBeTrue();
        var lookalike = JobId.Create(1, seq, 0);
        _world.Enqueue(NewJob("theirs", id: lookalike));
        _world.View(lookalike)!.Job.Shape.Type.ShouldBe("theirs");
        _world.View(ours)!.Job.Shape.Type.ShouldBe("ours");
        _world.Control(lookalike, ControlAction.Cancel);
        _world.State(ours).ShouldBe(JobState.Ready);
    }

    [Fact]
    public void Everything_can_be_done_with_a_given_id()
    {
        _world.Enqueue(NewJob(id: Given, options: Retrying(baseMs: 3_600_000)));
        var worker = _world.Worker();
        var job = worker.GivenOne();
        _world.Ask<NoteReply>(new NoteRequest.Log(job.Lease, "info", "line"));
        _world.Control(Given, ControlAction.Interrupt).State.ShouldBe(JobState.Running);
        _world.Report(job, ReportOutcome.Fail);
        _world.State(Given).ShouldBe(JobState.Retry);
        _world.Control(Given, ControlAction.Retry).State.ShouldBe(JobState.Ready);
        var wait = _world.Send<JobReply>(new WaitJobRequest(Given, 10_000));
        _world.Settle();
        _world.Complete(worker.Given().Single()).ShouldBeTrue();
        wait.Reply().Job!.Job.State.ShouldBe(JobState.Succeeded);
        _world.Ask<LogsReply>(new LogsRequest(Given, 0, 10)).Lines.Single().Line.ShouldBe("line");
        _world.Query(type: "t").ShouldBe([Given]);
        _world.Control(Given, ControlAction.Retry).State.ShouldBe(JobState.Ready);
        _world.Control(Given, ControlAction.Cancel).State.ShouldBe(JobState.Cancelled);
    }

    [Fact]
    public void A_given_id_is_known_after_a_restart_and_in_the_backlog()
    {
        var world = new World(new DispatcherOptions { StrandJobs = 16, WindowJobs = 16 });
        world.EnqueueMany(100);
        world.Enqueue(NewJob(id: Given));
        world.Restart();
        world.State(Given).ShouldBe(JobState.Ready);
        world.Enqueued(NewJob(id: Given)).Duplicate.ShouldBeTrue();
        world.Control(Given, ControlAction.Cancel).State.ShouldBe(JobState.Cancelled);
    }

    [Fact]
    public void A_duplicate_id_wins_over_a_unique_key()
    {
        var options = new JobOptions { Unique = new UniquePolicy("k", UniqueUntil.Finished, 0, UniqueConflict.Reject) };
        _world.Enqueue(NewJob(id: Given, options: options));
        _world.Enqueued(NewJob(id: Given, options: options)).ShouldBe(new EnqueuedJob(Given, JobState.Ready, Duplicate: true));
    }
}
