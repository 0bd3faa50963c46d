namespace Worcr.EndToEnd.Crash;

/// <summary>The audit finds what it is there to find: each kind of broken promise, made up.</summary>
public sealed class AuditTests
{
    private readonly Ledger _ledger = new();

    [Fact]
    public void A_clean_run_passes()
    {
        _ledger.Accept("a", 1);
        Start("a", 1);
        Answer("ok", "a", 1);
        Check(Job("a", 1));
    }

    [Fact]
    public void A_job_whose_enqueue_was_not_answered_may_exist_or_not()
    {
        _ledger.Unanswer([1, 2]);
        Check(Job("a", 1));
    }

    [Fact]
    public void A_lost_job_is_found()
    {
        _ledger.Accept("a", 1);
        Broken("are lost");
    }

    [Fact]
    public void A_job_that_did_not_succeed_is_found()
    {
        _ledger.Accept("a", 1);
        Broken("did not succeed", Job("a", 1, "dead"));
    }

    [Fact]
    public void A_job_that_nobody_enqueued_is_found() => Broken("nobody enqueued", Job("a", 1));

    [Fact]
    public void A_doubled_job_is_found()
    {
        _ledger.Accept("a", 1);
        _ledger.Unanswer([1]);
        Broken("exist twice", Job("a", 1), Job("b", 1));
    }

    [Fact]
    public void A_second_completion_is_found()
    {
        _ledger.Accept("a", 1);
        Start("a", 1);
        Answer("ok", "a", 1);
        Answer("ok", "a", 1);
        Broken("completed more than once", Job("a", 1));
    }

    [Fact]
    public void A_second_completion_over_another_protocol_is_found()
    {
        _ledger.Plan("a", 1);
        _ledger.Accept("a", 1);
        Answer("ok", "a", 1);
        Answer("finished", "a", 0);
        Broken("completed more than once", Job("a", 7));
    }

    [Fact]
    public void A_lease_given_to_two_is_found()
    {
        _ledger.Accept("a", 1);
        Start("a", 1);
        Start("a", 1);
        Broken("given more than once", Job("a", 1));
    }

    [Fact]
    public void Two_live_leases_are_found()
    {
        _ledger.Accept("a", 1);
        Start("a", 1);
        Start("a", 2);
        Answer("ok", "a", 1);
        Broken("two leases lived at once", Job("a", 1, attempt: 2));
    }

    [Fact]
    public void Forgotten_attempts_are_found()
    {
        _ledger.Accept("a", 1);
        Start("a", 2);
        Broken("fewer attempts", Job("a", 1, attempt: 1));
    }

    private static JsonElement Job(string id, int n, string state = "succeeded", int attempt = 1) =>
        JsonSerializer.SerializeToElement(new { id, state, attempt, meta = new { n } });

    private void Start(string job, int attempt) => Answer("start", job, attempt);

    private void Answer(string verb, string job, int attempt) => _ledger.Write(new Entry("w", 0, verb, $"{job}-{attempt}", job, attempt));

    private void Check(params JsonElement[] jobs) => new Audit(_ledger, jobs).Check();

    private void Broken(string promise, params JsonElement[] jobs) =>
        Should.Throw<ShouldAssertException>(() => Check(jobs)).Message.ShouldContain(promise);
}
