using System.Text;

namespace Worcr.EndToEnd.Speaking;

/// <summary>The REST interface as a stranger with an HTTP client sees it.</summary>
internal sealed class Api(Uri silo, string? key = null) : IDisposable
{
    private static readonly JsonSerializerOptions Web = new(JsonSerializerDefaults.Web);
    private readonly HttpClient _http = NewClient(silo, key);

    public Task<Reply> GetAsync(string path) => SendAsync(HttpMethod.Get, path, null);

    public Task<Reply> DeleteAsync(string path) => SendAsync(HttpMethod.Delete, path, null);

    public Task<Reply> PutAsync(string path, object body) => SendAsync(HttpMethod.Put, path, Content(body));

    public Task<Reply> PostAsync(string path, object? body = null) => SendAsync(HttpMethod.Post, path, body is null ? null : Content(body));

    public Task<Reply> PostAsync(string path, HttpContent body) => SendAsync(HttpMethod.Post, path, body);

    /// <summary>Posts bytes as they are, well-formed or not.</summary>
    public Task<Reply> PostRawAsync(string path, byte[] body, string contentType = "application/json")
    {
        var content = new ByteArrayContent(body);
        content.Headers.ContentType = new(contentType);
        return PostAsync(path, content);
    }

    /// <summary>Enqueues one job that must be taken; its id.</summary>
    public async Task<string> EnqueueAsync(object job) =>
        (await PostAsync("/v1/jobs", job)).Expect(HttpStatusCode.Created)["id"].GetString()!;

    /// <summary>Enqueues many that must be taken; their ids in order.</summary>
    public async Task<IReadOnlyList<string>> EnqueueAllAsync(IEnumerable<object> jobs) =>
        [.. (await PostAsync("/v1/jobs", jobs)).Expect(HttpStatusCode.Created).Json.EnumerateArray().Select(j => j.GetProperty("id").GetString()!)];

    public async Task<JsonElement> JobAsync(string id) => (await GetAsync($"/v1/jobs/{id}")).Expect(HttpStatusCode.OK).Json;

    public async Task<string> StateAsync(string id) => (await JobAsync(id)).GetProperty("state").GetString()!;

    /// <summary>The job once it is finished, however it ended.</summary>
    public async Task<JsonElement> FinishedAsync(string id)
    {
        var deadline = Environment.TickCount64 + (long)Patience.Process.TotalMilliseconds;
        while ((await GetAsync($"/v1/jobs/{id}/result?wait=10s")).Status == HttpStatusCode.Accepted)
        {
            if (Environment.TickCount64 > deadline) throw new TimeoutException($"Job {id} was never finished: {await JobAsync(id)}");
        }

        return await JobAsync(id);
    }

    /// <summary>The batch once it is complete; a batch has no call that waits.</summary>
    public async Task<JsonElement> CompleteBatchAsync(string id)
    {
        var deadline = Environment.TickCount64 + (long)Patience.Process.TotalMilliseconds;
        while (true)
        {
            var batch = (await GetAsync($"/v1/batches/{id}")).Expect(HttpStatusCode.OK).Json;
            if (batch.TryGetProperty("finishedAt", out _)) return batch;
            if (Environment.TickCount64 > deadline) throw new TimeoutException($"The batch was never complete: {batch}");
        }
    }

    /// <summary>All jobs that a filter finds, page by page.</summary>
    public async Task<IReadOnlyList<JsonElement>> ListAsync(string filter, int limit = 1000)
    {
        var all = new List<JsonElement>();
        string? cursor = null;
        do
        {
            var at = cursor is null ? "" : $"&cursor={Uri.EscapeDataString(cursor)}";
            var page = (await GetAsync($"/v1/jobs?{filter}&limit={limit}{at}")).Expect(HttpStatusCode.OK).Json;
            all.AddRange(page.GetProperty("jobs").EnumerateArray());
            cursor = page.TryGetProperty("next", out var next) ? next.GetString() : null;
        }
        while (cursor is not null);
        return all;
    }

    public void Dispose() => _http.Dispose();

    private static HttpClient NewClient(Uri silo, string? key)
    {
        var http = new HttpClient { BaseAddress = silo, Timeout = TimeSpan.FromSeconds(100) };
        if (key is not null) http.DefaultRequestHeaders.Authorization = new("Bearer", key);
        return http;
    }

    private static StringContent Content(object body) => new(JsonSerializer.Serialize(body, Web), Encoding.UTF8, "application/json");

    private async Task<Reply> SendAsync(HttpMethod method, string path, HttpContent? body)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body };
        using var reply = await _http.SendAsync(request, TestContext.Current.CancellationToken);
        var text = await reply.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        return new Reply(reply.StatusCode, text, reply.Content.Headers.ContentType?.MediaType ?? "");
    }
}
