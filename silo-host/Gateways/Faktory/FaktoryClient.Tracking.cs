using System.Text.Json;

namespace Worcr.SiloHost.Gateways.Faktory;

/// <summary>TRACK: how far a job is.</summary>
internal sealed partial class FaktoryClient
{
    private const string TrackName = "faktory.track";

    private async Task<bool> TrackAsync(FaktoryRequest request)
    {
        var inner = FaktoryRequest.Read(request.Argument);
        return inner.Verb switch
        {
            "SET" => await TrackSetAsync(inner),
            "GET" => await TrackGetAsync(inner),
            _ => throw new FaktoryException($"invalid TRACK command {inner.Verb}"),
        };
    }

    private async Task<bool> TrackSetAsync(FaktoryRequest request)
    {
        using var json = FaktoryJson.ParseObject(request.Argument);
        var jid = JidOf(json.RootElement, "missing JID");
        var percent = json.RootElement.Number("percent");
        var description = json.RootElement.Text("desc");
        var until = Until(json.RootElement.Text("reserve_until"));
        var dispatcher = await around.DispatcherAsync();
        if (await LeaseOfAsync(dispatcher, FaktoryId.Of(jid)) is not { } lease) throw new FaktoryException($"Job not found {jid}");
        var notes = new List<NoteRequest> { new NoteRequest.Checkpoint(lease, TrackName, Tracked(percent, description)) };
        if (percent is { } done) notes.Add(new NoteRequest.Progress(lease, "faktory", done, 100));
        if (until > around.Now) notes.Add(new NoteRequest.Extend(lease, until));
        foreach (var note in notes)
        {
            var reply = await dispatcher.NoteAsync(note, CancellationToken.None);
            if (reply.Refusal is { } refusal) throw FaktoryException.Of(refusal);
            if (!reply.Accepted) throw new FaktoryException($"Job not found {jid}");
        }

        return await OkAsync();
    }

    private static long Until(string? text)
    {
        if (string.IsNullOrEmpty(text)) return 0;
        return FaktoryJson.TryTime(text, out var until) ? until : throw new FaktoryException($"invalid timestamp for 'reserve_until': '{text}'");
    }

    private byte[] Tracked(double? percent, string? description) => FaktoryWriting.Object(json =>
    {
        json.WriteString("updated_at", FaktoryJson.Time(around.Now));
        if (percent is { } done) json.WriteNumber("percent", done);
        json.WriteString("desc", description ?? "");
    });

    private async Task<bool> TrackGetAsync(FaktoryRequest request)
    {
        var jid = request.Words is [var word, ..] ? word : throw new FaktoryException("missing JID");
        var dispatcher = await around.DispatcherAsync();
        var view = (await dispatcher.GetAsync(new GetJobRequest(FaktoryId.Of(jid)), CancellationToken.None)).Job;
        var reply = FaktoryWriting.Object(json =>
        {
            json.WriteString("jid", jid);
            json.WriteString("state", StateOf(view?.Job.State));
            if (view?.Job.Checkpoints is { } checkpoints) WriteTracked(json, checkpoints);
        });
        return await connection.SayAsync(reply);
    }

    private static void WriteTracked(Utf8JsonWriter json, byte[] checkpoints)
    {
        using var document = JsonDocument.Parse(checkpoints);
        if (!document.RootElement.TryGet(TrackName, out var tracked) || tracked.ValueKind != JsonValueKind.Object) return;
        foreach (var member in tracked.EnumerateObject()) member.WriteTo(json);
    }

    private static string StateOf(JobState? state) => state switch
    {
        JobState.Scheduled or JobState.Ready => "enqueued",
        JobState.Running => "working",
        JobState.Retry => "failed",
        JobState.Succeeded => "success",
        JobState.Dead => "dead",
        _ => Unknown,
    };
}
