using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace Worcr.Player;

/// <summary>A worker of two HTTP calls: lease, report. It asks again, with a growing pause, while the silo is away.</summary>
internal sealed class HttpPlayer(Uri silo, string type, int slots, string name) : IPlayer
{
    private readonly HttpClient _http = new() { BaseAddress = silo, Timeout = TimeSpan.FromSeconds(30) };

    public async Task PlayAsync(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            var lease = new { worker = name, types = new[] { type }, tags = Array.Empty<string>(), max = slots, wait = "5s" };
            var leased = await AskAsync("/v1/worker/lease", lease, patient: false, stop);
            if (leased is not { } reply) continue;
            List<Attempt> attempts = [.. reply.GetProperty("jobs").EnumerateArray().Select(Attempt.Read)];
            if (attempts.Count > 0) await CompleteAsync(attempts, stop);
        }
    }

    private async Task CompleteAsync(List<Attempt> attempts, CancellationToken stop)
    {
        foreach (var a in attempts) Diary.Started(a.Lease, a.Job, a.Number);
        foreach (var a in attempts) Diary.Sending(a.Lease, a.Job, a.Number);
        var reply = await AskAsync("/v1/worker/report", new { reports = attempts.Select(a => a.Completion) }, patient: true, stop);
        var answers = reply!.Value.GetProperty("results").EnumerateArray().Select(r => r.GetString()!);
        foreach (var (a, answer) in attempts.Zip(answers)) Diary.Answered(answer, a.Lease, a.Job, a.Number);
    }

    /// <summary>One call; a patient one is repeated until it is answered, for a report must not be lost.</summary>
    private async Task<JsonElement?> AskAsync(string path, object body, bool patient, CancellationToken stop)
    {
        var pause = new Pause();
        while (true)
        {
            try
            {
                using var reply = await _http.PostAsJsonAsync(path, body, stop);
                if (reply.StatusCode == HttpStatusCode.OK) return await reply.Content.ReadFromJsonAsync<JsonElement>(stop);
            }
            catch (Exception e) when (e is HttpRequestException or IOException or JsonException || (e is TaskCanceledException && !stop.IsCancellationRequested))
            {
                // Away, or cut off in the middle of the answer: nothing is known, so ask again.
            }

            await pause.NextAsync(stop);
            if (!patient) return null;
        }
    }
}
