namespace Worcr.EndToEnd.Crash;

/// <summary>Lays what was promised beside what is there. Each check names the jobs that break it.</summary>
internal sealed class Audit(Ledger ledger, IReadOnlyList<JsonElement> jobs)
{
    private readonly Dictionary<string, JsonElement> _byId = jobs.ToDictionary(j => j.GetProperty("id").GetString()!);

    public void Check()
    {
        None(ledger.Accepted.Keys.Where(id => !_byId.ContainsKey(id)), "jobs were accepted and are lost");
        None(jobs.Where(j => j.GetProperty("state").GetString() != "succeeded").Select(Describe), "jobs did not succeed");
        None(Strangers(), "jobs exist that nobody enqueued");
        None(jobs.GroupBy(Number).Where(g => g.Count() > 1).Select(g => $"number {g.Key}"), "jobs were enqueued once and exist twice");
        None(Repeated(["ok", "finished"], e => e.Job), "jobs were completed more than once");
        None(Repeated(["start"], e => e.Lease), "leases were given more than once");
        None(Overtaken(), "completions were accepted though a later attempt had begun: two leases lived at once");
        None(Backwards(), "jobs show fewer attempts than workers have begun");
    }

    public string Summary()
    {
        var witnessed = ledger.Entries.Where(e => e.Verb is "ok" or "finished").Select(e => e.Job).ToHashSet();
        var transports = ledger.Entries.Where(e => e.Verb is "ok" or "finished" or "done").CountBy(e => e.Worker.Split('-')[0]).OrderBy(t => t.Key, StringComparer.Ordinal);
        return $"{ledger.Accepted.Count} accepted, {jobs.Count} exist and succeeded, {ledger.Unanswered.Count} enqueues unanswered " +
            $"({jobs.Count - ledger.Accepted.Count} of them exist), {ledger.Entries.Count(e => e.Verb is "start" or "took")} attempts, " +
            $"{witnessed.Count} completions witnessed, {ledger.Entries.Count(e => e.Verb == "stale")} stale reports refused; done by {string.Join(", ", transports.Select(t => $"{t.Key} {t.Value}"))}";
    }

    private int Number(JsonElement job) =>
        ledger.Planned.TryGetValue(job.GetProperty("id").GetString()!, out var number) ? number : job.GetProperty("meta").GetProperty("n").GetInt32();

    private static string Describe(JsonElement job) =>
        $"{job.GetProperty("id").GetString()} is {job.GetProperty("state").GetString()} after {job.GetProperty("attempt").GetInt32()} attempts";

    private static void None(IEnumerable<string> offenders, string what)
    {
        var list = offenders.ToList();
        list.ShouldBeEmpty($"{list.Count} {what}");
    }

    private IEnumerable<string> Strangers() => jobs
        .Where(j => !ledger.Accepted.ContainsKey(j.GetProperty("id").GetString()!) && !ledger.Unanswered.Contains(Number(j)))
        .Select(Describe);

    private IEnumerable<string> Repeated(string[] verbs, Func<Entry, string> key) =>
        ledger.Entries.Where(e => verbs.Contains(e.Verb)).GroupBy(key).Where(g => g.Count() > 1).Select(g => string.Join(" and ", g));

    private IEnumerable<string> Overtaken()
    {
        var latest = ledger.Entries.Where(e => e.Verb == "start").GroupBy(e => e.Job).ToDictionary(g => g.Key, g => g.MaxBy(e => e.Attempt)!);
        return ledger.Entries.Where(e => e.Verb == "ok" && latest[e.Job].Attempt > e.Attempt).Select(e => $"{e} but {latest[e.Job]}");
    }

    private IEnumerable<string> Backwards() => ledger.Entries
        .Where(e => e.Verb == "start" && _byId.TryGetValue(e.Job, out var job) && job.GetProperty("attempt").GetInt32() < e.Attempt)
        .Select(e => e.ToString());
}
