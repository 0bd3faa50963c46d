using System.Net;
using System.Text.Json;
using Worcr.Client.Http;
using Worcr.Protocol;

namespace Worcr.Client;

public sealed partial class WorcrClient
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(60);

    /// <summary>The result of a job.</summary>
    /// <param name="id">The job.</param>
    /// <param name="wait">How long to wait for its end; not at all by default.</param>
    /// <param name="cancel">Ends the wait.</param>
    /// <exception cref="TimeoutException">It is not finished.</exception>
    /// <exception cref="JobEndedException">It ended without success.</exception>
    /// <exception cref="WorcrException">There is no such job (404), its result is not kept any more (410), and so on.</exception>
    public async Task<TResult?> ResultAsync<TResult>(Guid id, TimeSpan wait = default, CancellationToken cancel = default)
    {
        var started = _options.TimeProvider.GetTimestamp();
        for (; ; )
        {
            var left = wait - _options.TimeProvider.GetElapsedTime(started);
            var now = left <= TimeSpan.Zero ? TimeSpan.Zero : left < LongestWait ? left : LongestWait;
            var call = new HttpCall(HttpMethod.Get, $"/jobs/{id}/result?wait={Duration.From(now)}", Wait: now);
            var answer = await _http.SendAsync(call, cancel).ConfigureAwait(false);
            if (answer.Status == HttpStatusCode.OK) return Result<TResult>(Read(answer, ProtocolJson.Default.JobResult));
            if (now == TimeSpan.Zero) throw new TimeoutException($"Job {id} is not finished.");
        }
    }

    /// <summary>Enqueues a job and waits for its result. The job gets an id of the client's, so that a broken connection costs nothing.</summary>
    /// <param name="type">The kind of work.</param>
    /// <param name="args">The arguments.</param>
    /// <param name="wait">How long to wait. Default: 30 seconds.</param>
    /// <param name="options">What else there is to say.</param>
    /// <param name="cancel">Ends the wait; the job goes on.</param>
    /// <exception cref="TimeoutException">It did not finish in time; it goes on.</exception>
    /// <exception cref="JobEndedException">It ended without success.</exception>
    public async Task<TResult?> RunAsync<TArgs, TResult>(
        string type, TArgs args, TimeSpan? wait = null, JobRequestOptions? options = null, CancellationToken cancel = default)
    {
        var id = options?.Id ?? Guid.CreateVersion7(_options.TimeProvider.GetUtcNow());
        var body = JobBuffer.Write(type, args, options, id, _options.Json).ToArray();
        var limit = wait ?? TimeSpan.FromSeconds(30);
        var first = limit < LongestWait ? limit : LongestWait;
        var started = _options.TimeProvider.GetTimestamp();
        var answer = await _http.SendAsync(new HttpCall(HttpMethod.Post, $"/jobs?wait={Duration.From(first)}", body, Wait: first), cancel).ConfigureAwait(false);
        if (answer.Status == HttpStatusCode.OK && Read(answer, ProtocolJson.Default.JobDocument) is var job && JobStateNames.IsFinal(job.State))
            return Result<TResult>(new JobResult(job.Id, job.State, job.Result, job.Error));
        var left = limit - _options.TimeProvider.GetElapsedTime(started);
        return await ResultAsync<TResult>(id, left > TimeSpan.Zero ? left : TimeSpan.Zero, cancel).ConfigureAwait(false);
    }

    private TResult? Result<TResult>(JobResult result)
    {
        if (result.State != JobStateNames.Succeeded) throw new JobEndedException(result.Id, result.State, result.Error);
        return result.Result is { Utf8.IsEmpty: false } json ? JsonSerializer.Deserialize<TResult>(json.Utf8.Span, _options.Json) : default;
    }
}
