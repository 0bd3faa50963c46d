using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Worcr.Client.Http;
using Worcr.Protocol;

namespace Worcr.Client;

/// <summary>
/// A producer and observer of jobs. One instance serves any number of callers at once, and is faster so: jobs that are enqueued
/// concurrently travel together.
/// </summary>
public sealed partial class WorcrClient : IDisposable
{
    private readonly WorcrClientOptions _options;
    private readonly WorcrHttp _http;
    private readonly EnqueueBatcher _batcher;

    /// <summary>Makes a client.</summary>
    /// <param name="options">How it talks to the server; not to be changed afterwards.</param>
    public WorcrClient(WorcrClientOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        _options = options;
        _http = new WorcrHttp(options);
        _batcher = new EnqueueBatcher(_http, options.BatchSize, options.EnqueuesUnderWay, options.Idempotent);
    }

    /// <summary>
    /// Enqueues a job; completes when it is stored. A cancelled call may have enqueued it all the same.
    /// </summary>
    /// <param name="type">The kind of work, such as <c>email.send</c>.</param>
    /// <param name="args">The arguments; <see cref="RawJson"/> goes as it is.</param>
    /// <param name="options">What else there is to say.</param>
    /// <param name="cancel">Ends the wait.</param>
    /// <exception cref="WorcrException">The server refused the job, or whether it has it is not known (<see cref="WorcrException.IsOutcomeUnknown"/>).</exception>
    public Task<EnqueuedJob> EnqueueAsync<TArgs>(string type, TArgs args, JobRequestOptions? options = null, CancellationToken cancel = default)
    {
        var answer = _batcher.AddAsync(JobBuffer.Write(type, args, options, NewId(), _options.Json));
        return cancel.CanBeCanceled ? answer.WaitAsync(cancel) : answer;
    }

    /// <summary>
    /// Enqueues many jobs of one type, in chunks; each chunk is stored wholly or not at all. Returns how many. When it throws, all chunks of
    /// which <paramref name="stored"/> has heard are stored.
    /// </summary>
    /// <param name="type">The kind of work.</param>
    /// <param name="args">The arguments of each.</param>
    /// <param name="options">What else there is to say of all of them.</param>
    /// <param name="stored">Hears of each chunk that is stored, in order.</param>
    /// <param name="cancel">Stops after the chunk that is under way.</param>
    public Task<long> EnqueueManyAsync<TArgs>(
        string type, IEnumerable<TArgs> args, JobRequestOptions? options = null, Action<IReadOnlyList<EnqueuedJob>>? stored = null, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(args);
        return new BulkEnqueue(_http, _options).RunAsync(NewJobs(type, args, options), stored, cancel);
    }

    /// <summary>Enqueues many jobs of any type, in chunks, as <see cref="EnqueueManyAsync{TArgs}"/> does.</summary>
    /// <param name="jobs">The jobs.</param>
    /// <param name="stored">Hears of each chunk that is stored, in order.</param>
    /// <param name="cancel">Stops after the chunk that is under way.</param>
    public Task<long> EnqueueManyAsync(IEnumerable<NewJob> jobs, Action<IReadOnlyList<EnqueuedJob>>? stored = null, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(jobs);
        return new BulkEnqueue(_http, _options).RunAsync(jobs.ToAsyncEnumerable(), stored, cancel);
    }

    /// <summary>Enqueues many jobs of any type as they come, in chunks, as <see cref="EnqueueManyAsync{TArgs}"/> does.</summary>
    /// <param name="jobs">The jobs.</param>
    /// <param name="stored">Hears of each chunk that is stored, in order.</param>
    /// <param name="cancel">Stops after the chunk that is under way.</param>
    public Task<long> EnqueueManyAsync(IAsyncEnumerable<NewJob> jobs, Action<IReadOnlyList<EnqueuedJob>>? stored = null, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(jobs);
        return new BulkEnqueue(_http, _options).RunAsync(jobs, stored, cancel);
    }

    /// <summary>The whole job, or null when there is none.</summary>
    public Task<JobDocument?> GetAsync(Guid id, CancellationToken cancel = default) =>
        FindAsync(new HttpCall(HttpMethod.Get, $"/jobs/{id}"), ProtocolJson.Default.JobDocument, cancel);

    /// <summary>Jobs, newest first, without arguments and results; pages are read as they are needed.</summary>
    public async IAsyncEnumerable<JobDocument> ListAsync(JobQuery? query = null, [EnumeratorCancellation] CancellationToken cancel = default)
    {
        query ??= new JobQuery();
        string? cursor = null;
        do
        {
            var page = await AskAsync(new HttpCall(HttpMethod.Get, "/jobs" + query.Text(cursor)), ProtocolJson.Default.JobPage, cancel).ConfigureAwait(false);
            foreach (var job in page.Jobs) yield return job;
            cursor = page.Next;
        }
        while (cursor is not null);
    }

    /// <summary>Log lines of a job, oldest first; pages are read as they are needed.</summary>
    public async IAsyncEnumerable<JobLogLine> LogsAsync(Guid id, [EnumeratorCancellation] CancellationToken cancel = default)
    {
        int? skip = 0;
        while (skip is not null)
        {
            var page = await AskAsync(new HttpCall(HttpMethod.Get, $"/jobs/{id}/logs?limit={WireLimits.PageSize}&skip={skip}"), ProtocolJson.Default.JobLogs, cancel).ConfigureAwait(false);
            foreach (var line in page.Lines) yield return line;
            skip = page.Next;
        }
    }

    /// <summary>Cancels a job, also a running one. Returns its state.</summary>
    public Task<string> CancelAsync(Guid id, CancellationToken cancel = default) => ControlAsync(HttpMethod.Delete, $"/jobs/{id}", cancel);

    /// <summary>Runs a finished job again, or one in retry now. Returns its state.</summary>
    public Task<string> RetryAsync(Guid id, CancellationToken cancel = default) => ControlAsync(HttpMethod.Post, $"/jobs/{id}/retry", cancel);

    /// <summary>Asks a running job's worker to yield. Returns its state.</summary>
    public Task<string> InterruptAsync(Guid id, CancellationToken cancel = default) => ControlAsync(HttpMethod.Post, $"/jobs/{id}/interrupt", cancel);

    /// <summary>Cancels, retries, discards or reweighs all jobs that match. Returns how many.</summary>
    public async Task<long> BulkAsync(BulkJobsRequest request, CancellationToken cancel = default)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(request, ProtocolJson.Default.BulkJobsRequest);
        var call = new HttpCall(HttpMethod.Post, "/jobs/bulk", body, IsIdempotent: false);
        return (await AskAsync(call, ProtocolJson.Default.BulkJobsAnswer, cancel).ConfigureAwait(false)).Affected;
    }

    /// <summary>Closes the client's connections.</summary>
    public void Dispose() => _http.Dispose();

    private static async IAsyncEnumerable<NewJob> NewJobs<TArgs>(string type, IEnumerable<TArgs> args, JobRequestOptions? options)
    {
        await Task.CompletedTask.ConfigureAwait(false);
        foreach (var one in args) yield return NewJob.Of(type, one, options);
    }

    private static T Read<T>(HttpAnswer answer, JsonTypeInfo<T> type) =>
        JsonSerializer.Deserialize(answer.Body, type) ?? throw new WorcrException((int)answer.Status, "protocol", "The server answered null.");

    private Guid? NewId() => _options.Idempotent ? Guid.CreateVersion7(_options.TimeProvider.GetUtcNow()) : null;

    private async Task<T> AskAsync<T>(HttpCall call, JsonTypeInfo<T> type, CancellationToken cancel) =>
        Read(await _http.SendAsync(call, cancel).ConfigureAwait(false), type);

    private async Task<T?> FindAsync<T>(HttpCall call, JsonTypeInfo<T> type, CancellationToken cancel)
        where T : class
    {
        try
        {
            return await AskAsync(call, type, cancel).ConfigureAwait(false);
        }
        catch (WorcrException e) when (e.Status == 404)
        {
            return null;
        }
    }

    private async Task<string> ControlAsync(HttpMethod method, string path, CancellationToken cancel) =>
        (await AskAsync(new HttpCall(method, path, IsIdempotent: method == HttpMethod.Delete), ProtocolJson.Default.JobControlAnswer, cancel).ConfigureAwait(false)).State;
}
