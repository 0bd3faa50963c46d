using System.Net;
using System.Text;
using System.Text.Json;
using Worcr.Protocol;
using Worcr.SiloHost.Commands.Connection;

namespace Worcr.SiloHost.Commands.Enqueue;

/// <summary>Enqueues one job and prints its id, or waits for it and prints its result.</summary>
public sealed class SingleEnqueue(CommandIo io, ApiClient api)
{
    /// <summary>Enqueues; the exit code says whether the job did what was waited for.</summary>
    public async Task<int> RunAsync(JobRequest job, Duration? wait, bool json, CancellationToken cancel)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(job, ProtocolJson.Default.JobRequest);
        var answer = await api.PostAsync(wait is { } time ? $"jobs?wait={time}" : "jobs", body, ApiClient.Json, cancel);
        if (!answer.IsSuccess) throw new CommandException(answer.Problem().ToString());
        if (json) await io.Out.WriteLineAsync(Encoding.UTF8.GetString(answer.Body));
        if (wait is null)
        {
            var enqueued = answer.Read(ProtocolJson.Default.EnqueueAnswer);
            if (!json) await io.Out.WriteLineAsync(enqueued.Id.ToString());
            return ExitCodes.Success;
        }

        if (answer.Status != HttpStatusCode.OK) throw new CommandException($"job {IdOf(answer)} has not finished within {wait}");
        return await ResultAsync(answer.Read(ProtocolJson.Default.JobDocument), json);
    }

    private async Task<int> ResultAsync(JobDocument job, bool printed)
    {
        var error = job.Error is { } failure ? $": {failure.Message} ({failure.Code})" : "";
        if (job.State != JobStateNames.Succeeded) throw new CommandException($"job {job.Id} is {job.State}{error}");
        if (!printed) await io.Out.WriteLineAsync(job.Result?.ToString() ?? "null");
        return ExitCodes.Success;
    }

    private static string IdOf(ApiAnswer answer)
    {
        using var json = answer.Json();
        return json.RootElement.TryGetProperty("id", out var id) ? id.ToString() : "";
    }
}
